using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Trading.Contracts;

/// <summary>
/// How a webhook's receiver knows that a request is ours and new. The header <c>Trading-Signature</c> is
/// <c>t=&lt;unix seconds&gt;,v1=&lt;hex&gt;</c>, where v1 is HMAC-SHA256, under the secret as UTF-8, of the bytes
/// <c>&lt;t&gt;.&lt;body&gt;</c>. While a secret is being replaced there are two v1.
/// </summary>
public static class WebhookSignature
{
    /// <summary>The header's name.</summary>
    public const string Header = "Trading-Signature";

    private const int LongestHeader = 1000;

    /// <summary>How far the time of a signature may lie from now, either way: 5 minutes.</summary>
    public static TimeSpan Tolerance { get; } = TimeSpan.FromMinutes(5);

    /// <summary>The header of a request.</summary>
    /// <param name="time">When it is sent; whole seconds count.</param>
    /// <param name="body">The body, byte by byte as it is sent.</param>
    /// <param name="secrets">The secrets that hold now, newest first.</param>
    public static string Sign(DateTimeOffset time, ReadOnlySpan<byte> body, params ReadOnlySpan<string> secrets)
    {
        var seconds = time.ToUnixTimeSeconds();
        var header = new StringBuilder("t=").Append(seconds);
        foreach (var secret in secrets)
        {
            header.Append(",v1=").Append(Convert.ToHexStringLower(Compute(seconds, body, secret)));
        }

        return header.ToString();
    }

    /// <summary>
    /// Whether a request was signed with a secret, and not long ago. Takes the same time whatever is wrong in v1.
    /// </summary>
    /// <param name="header">The header as it came; null is never right.</param>
    /// <param name="body">The body, byte by byte as it came, before anything parses it.</param>
    /// <param name="secret">The webhook's secret, <c>whsec_...</c>.</param>
    /// <param name="time">The clock.</param>
    /// <param name="tolerance">How old, or how far ahead, it may be; <see cref="Tolerance"/> where null.</param>
    public static bool Verify(
        string? header, ReadOnlySpan<byte> body, string secret, TimeProvider time, TimeSpan? tolerance = null)
    {
        ArgumentNullException.ThrowIfNull(secret);
        ArgumentNullException.ThrowIfNull(time);
        if (header is not { Length: <= LongestHeader } || ReadTime(header) is not { } seconds)
        {
            return false;
        }

        var distance = Math.Abs(time.GetUtcNow().ToUnixTimeSeconds() - seconds);
        return distance <= (tolerance ?? Tolerance).TotalSeconds && IsOneOf(header, Compute(seconds, body, secret));
    }

    private static long? ReadTime(string header)
    {
        long? read = null;
        foreach (var part in header.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!part.StartsWith("t=", StringComparison.Ordinal))
            {
                continue;
            }

            // A second time could belong to another signature.
            if (read is not null
                || !uint.TryParse(part.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            {
                return null;
            }

            read = seconds;
        }

        return read;
    }

    private static bool IsOneOf(string header, byte[] expected)
    {
        var found = false;
        Span<byte> sent = stackalloc byte[HMACSHA256.HashSizeInBytes];
        foreach (var part in header.Split(',', StringSplitOptions.TrimEntries))
        {
            found |= part.StartsWith("v1=", StringComparison.Ordinal)
                && Convert.FromHexString(part.AsSpan(3), sent, out var read, out var length) == OperationStatus.Done
                && length == sent.Length && read == part.Length - 3
                && CryptographicOperations.FixedTimeEquals(sent, expected);
        }

        return found;
    }

    private static byte[] Compute(long seconds, ReadOnlySpan<byte> body, string secret)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seconds}.")));
        hmac.AppendData(body);
        return hmac.GetHashAndReset();
    }
}

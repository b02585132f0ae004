using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Trading.Data.Audit;

/// <summary>The hashes that tie the rows of the audit trail together.</summary>
public static class AuditChain
{
    /// <summary>What stands before the first row.</summary>
    public static ReadOnlySpan<byte> Start => new byte[SHA256.HashSizeInBytes];

    /// <summary>
    /// SHA-256 over the previous hash and every field, each with its length before it, so that no two rows have the
    /// same bytes.
    /// </summary>
    public static byte[] HashOf(ReadOnlySpan<byte> previous, AuditRow row)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(previous);
        Append(hash, row.Id);
        Append(hash, row.Time.Ticks);
        Append(hash, row.ActorId?.ToString("N"));
        Append(hash, row.Actor);
        Append(hash, row.Action);
        Append(hash, row.Outcome);
        Append(hash, row.Subject);
        Append(hash, row.Address);
        Append(hash, row.UserAgent);
        Append(hash, row.RequestId);
        Append(hash, row.TraceId);
        Append(hash, row.Details);
        return hash.GetHashAndReset();
    }

    private static void Append(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        hash.AppendData(bytes);
    }

    private static void Append(IncrementalHash hash, string? text)
    {
        if (text is null)
        {
            Append(hash, -1);
            return;
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        Append(hash, bytes.Length);
        hash.AppendData(bytes);
    }
}

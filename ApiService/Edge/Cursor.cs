using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Trading.ApiService.Edge;

/// <summary>
/// Where a list goes on. The text names the last item and carries a checksum over it and the list's filters, so that a
/// cursor that was changed, or that belongs to another list, is refused instead of skipping items.
/// </summary>
internal static class Cursor
{
    private const int ChecksumBytes = 8;

    /// <summary>Makes the cursor of a list that goes on after an item.</summary>
    /// <param name="list">The list with its filters; the same text for every page.</param>
    /// <param name="last">The key of the page's last item.</param>
    public static string After(string list, string last)
    {
        byte[] bytes = [.. Checksum(list, last), .. Encoding.UTF8.GetBytes(last)];
        return Base64Url.EncodeToString(bytes);
    }

    public static bool TryRead(string list, string cursor, out string last)
    {
        last = string.Empty;
        Span<byte> bytes = stackalloc byte[256];
        if (cursor.Length > 256
            || Base64Url.DecodeFromChars(cursor, bytes, out _, out var length) != System.Buffers.OperationStatus.Done
            || length <= ChecksumBytes)
        {
            return false;
        }

        last = Encoding.UTF8.GetString(bytes[ChecksumBytes..length]);
        return bytes[..ChecksumBytes].SequenceEqual(Checksum(list, last));
    }

    /// <summary>Reads the cursor of a list whose key is an id; without one the list begins.</summary>
    public static bool TryReadId(string list, string? cursor, out Guid? last)
    {
        last = cursor is not null && TryRead(list, cursor, out var text) && Guid.TryParse(text, out var id) ? id : null;
        return cursor is null || last is not null;
    }

    private static ReadOnlySpan<byte> Checksum(string list, string last) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"{list}\n{last}")).AsSpan(0, ChecksumBytes);
}

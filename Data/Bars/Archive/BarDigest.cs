using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Trading.Data.Bars.Archive;

/// <summary>
/// How many rows there are, and the sum of their hashes: the same whatever the order, and computed by the database of its
/// rows and here of a file's lines, so that neither is believed alone.
/// </summary>
/// <param name="Rows">The number of rows.</param>
/// <param name="Sum">The sum of the first 60 bits of each row's SHA-256.</param>
internal readonly record struct BarDigest(long Rows, string Sum)
{
    /// <summary>The same as <see cref="BarExportSql.Digest"/> of the rows that a file was made of.</summary>
    public static async Task<BarDigest> OfFileAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        await using var unpacked = new GZipStream(file, CompressionMode.Decompress);
        using var lines = new StreamReader(unpacked, Encoding.UTF8);
        if (await lines.ReadLineAsync(cancellationToken) != BarExportSql.Header)
        {
            return new BarDigest(-1, string.Empty);
        }

        var (rows, sum) = (0L, UInt128.Zero);
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            rows++;
            sum += HashOf(line);
        }

        return new BarDigest(rows, sum.ToString(CultureInfo.InvariantCulture));
    }

    private static ulong HashOf(string line)
    {
        Span<byte> text = stackalloc byte[512];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..Encoding.UTF8.GetBytes(line, text)], hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash) >> 4;
    }
}

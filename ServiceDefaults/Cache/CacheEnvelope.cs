using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using System.Numerics;

namespace Trading.ServiceDefaults.Cache;

/// <summary>
/// How a value lies in Redis: a mark, the versions that it was read under, its length, a checksum, and the value itself,
/// compressed where that makes it smaller. What does not check out is no value.
/// </summary>
internal static class CacheEnvelope
{
    private const uint Mark = 0x3143_4454; // TDC1
    private const int VersionsAt = 4;
    private const int LengthAt = 12;
    private const int ChecksumAt = 16;
    private const int BodyAt = 20;

    // Brotli at its fastest, as every value that is read anew is compressed.
    private const int Quality = 1;
    private const int Window = 18;

    public static byte[] Seal(ReadOnlySpan<byte> value, ulong versions, int compressAbove)
    {
        using var room = new PooledBytes();
        var body = room.GetSpan(BodyAt + BrotliEncoder.GetMaxCompressedLength(value.Length));
        var length = value.Length <= compressAbove
            || !BrotliEncoder.TryCompress(value, body[BodyAt..], out var compressed, Quality, Window)
            || compressed >= value.Length
                ? Copy(value, body)
                : compressed;
        var sealedBytes = body[..(BodyAt + length)];
        BinaryPrimitives.WriteUInt32LittleEndian(sealedBytes, Mark);
        BinaryPrimitives.WriteUInt64LittleEndian(sealedBytes[VersionsAt..], versions);
        BinaryPrimitives.WriteInt32LittleEndian(sealedBytes[LengthAt..], value.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(sealedBytes[ChecksumAt..], ChecksumOf(sealedBytes));
        return sealedBytes.ToArray();
    }

    /// <summary>Whether the bytes are a whole value; says under which versions it was read.</summary>
    public static bool IsSound(ReadOnlySpan<byte> bytes, int largest, out ulong versions)
    {
        versions = 0;
        if (bytes.Length < BodyAt
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Mark
            || BinaryPrimitives.ReadInt32LittleEndian(bytes[LengthAt..]) is var length && (length < 0 || length > largest)
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[ChecksumAt..]) != ChecksumOf(bytes))
        {
            return false;
        }

        versions = BinaryPrimitives.ReadUInt64LittleEndian(bytes[VersionsAt..]);
        return true;
    }

    /// <summary>The value of bytes that are sound.</summary>
    public static bool TryOpen(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out byte[]? value)
    {
        var body = bytes[BodyAt..];
        value = new byte[BinaryPrimitives.ReadInt32LittleEndian(bytes[LengthAt..])];
        if (body.Length == value.Length)
        {
            body.CopyTo(value);
            return true;
        }

        return BrotliDecoder.TryDecompress(body, value, out var written) && written == value.Length;
    }

    private static int Copy(ReadOnlySpan<byte> value, Span<byte> body)
    {
        value.CopyTo(body[BodyAt..]);
        return value.Length;
    }

    private static uint ChecksumOf(ReadOnlySpan<byte> bytes) => Sum(Sum(~0u, bytes[..ChecksumAt]), bytes[BodyAt..]);

    private static uint Sum(uint sum, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (var one in bytes)
        {
            sum = BitOperations.Crc32C(sum, one);
        }

        return sum;
    }
}

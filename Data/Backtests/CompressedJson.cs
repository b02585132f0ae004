using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Trading.Data.Backtests;

/// <summary>JSON as results keep it.</summary>
public static class CompressedJson
{
    public static byte[] Write<T>(T value, JsonTypeInfo<T> type)
    {
        using var bytes = new MemoryStream();
        using (var brotli = new BrotliStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        {
            JsonSerializer.Serialize(brotli, value, type);
        }

        return bytes.ToArray();
    }

    public static byte[] Read(byte[] compressed)
    {
        using var bytes = new MemoryStream(compressed.Length * 4);
        using var brotli = new BrotliStream(new MemoryStream(compressed), CompressionMode.Decompress);
        brotli.CopyTo(bytes);
        return bytes.ToArray();
    }
}

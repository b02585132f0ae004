using System.IO.Compression;

namespace Trading.Tests.Unit.Import;

internal sealed class TemporaryFile : IDisposable
{
    private TemporaryFile(string path, byte[] content)
    {
        Path = path;
        File.WriteAllBytes(path, content);
    }

    public string Path { get; }

    public static TemporaryFile Csv(params string[] lines) => Of(Text(lines), ".csv");

    public static TemporaryFile Of(byte[] content, string extension) =>
        new(System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"{Guid.NewGuid():N}{extension}"), content);

    public static byte[] Text(params string[] lines) =>
        System.Text.Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));

    public static byte[] Gzip(byte[] content)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return memory.ToArray();
    }

    public void Dispose() => File.Delete(Path);
}

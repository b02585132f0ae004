namespace Trading.Tests;

/// <summary>A file for the length of a test.</summary>
public sealed class TemporaryFile : IDisposable
{
    private TemporaryFile(string extension) =>
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"trading-{Guid.NewGuid():n}{extension}");

    public string Path { get; }

    public static TemporaryFile Of(params string[] lines)
    {
        var file = new TemporaryFile(".csv");
        File.WriteAllLines(file.Path, lines);
        return file;
    }

    public static TemporaryFile Of(ReadOnlySpan<byte> bytes, string extension)
    {
        var file = new TemporaryFile(extension);
        File.WriteAllBytes(file.Path, bytes);
        return file;
    }

    public void Dispose() => File.Delete(Path);
}

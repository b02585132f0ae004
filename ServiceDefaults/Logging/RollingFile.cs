using System.Globalization;

namespace Trading.ServiceDefaults.Logging;

/// <summary>
/// A file that is put aside when it is full: <c>name.log</c> becomes <c>name.1.log</c>, that one <c>name.2.log</c>, and
/// the oldest goes. Where it cannot be put aside it grows, and that is tried again when it has grown as much once more.
/// </summary>
internal sealed class RollingFile : IDisposable
{
    private readonly string _folder;
    private readonly string _name;
    private readonly long _bytes;
    private readonly int _kept;
    private FileStream? _file;
    private long _full;

    public RollingFile(string folder, string name, long bytes, int kept)
    {
        (_folder, _name, _bytes, _kept, _full) = (folder, name, bytes, kept, bytes);
        Directory.CreateDirectory(folder);
        _file = Open();
    }

    public void Write(ReadOnlySpan<byte> line)
    {
        // After a failure there may be none.
        _file ??= Open();
        if (_file.Length > 0 && _file.Length + line.Length > _full)
        {
            Roll();
            _file = Open();
            _full = _file.Length + _bytes;
        }

        _file.Write(line);
    }

    public void Flush() => _file?.Flush();

    public void Dispose() => _file?.Dispose();

    /// <summary>What a file system throws that does not do as it should.</summary>
    internal static bool IsTrouble(Exception error) => error is IOException or UnauthorizedAccessException;

    private string PathOf(int number) => Path.Combine(
        _folder, number == 0 ? $"{_name}.log" : string.Create(CultureInfo.InvariantCulture, $"{_name}.{number}.log"));

    private FileStream Open() => new(PathOf(0), FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);

    private void Roll()
    {
        _file?.Dispose();
        _file = null;
        try
        {
            File.Delete(PathOf(_kept - 1));
            for (var number = _kept - 2; number >= 0; number--)
            {
                if (File.Exists(PathOf(number)))
                {
                    File.Move(PathOf(number), PathOf(number + 1));
                }
            }
        }
        catch (Exception error) when (IsTrouble(error))
        {
            // Lines matter more than the size of the file.
        }
    }
}

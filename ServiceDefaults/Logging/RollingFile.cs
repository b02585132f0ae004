using System.Globalization;

namespace Trading.ServiceDefaults.Logging;

/// <summary>
/// A file that is put aside when it is full: <c>name.log</c> becomes <c>name.1.log</c>, that one <c>name.2.log</c>, and
/// the oldest goes.
/// </summary>
internal sealed class RollingFile : IDisposable
{
    private readonly string _folder;
    private readonly string _name;
    private readonly long _bytes;
    private readonly int _kept;
    private FileStream _file;

    public RollingFile(string folder, string name, long bytes, int kept)
    {
        (_folder, _name, _bytes, _kept) = (folder, name, bytes, kept);
        Directory.CreateDirectory(folder);
        _file = Open();
    }

    public void Write(ReadOnlySpan<byte> line)
    {
        if (_file.Length > 0 && _file.Length + line.Length > _bytes)
        {
            Roll();
        }

        _file.Write(line);
    }

    public void Flush() => _file.Flush();

    public void Dispose() => _file.Dispose();

    private string PathOf(int number) => Path.Combine(
        _folder, number == 0 ? $"{_name}.log" : string.Create(CultureInfo.InvariantCulture, $"{_name}.{number}.log"));

    private FileStream Open() => new(PathOf(0), FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);

    private void Roll()
    {
        _file.Dispose();
        File.Delete(PathOf(_kept - 1));
        for (var number = _kept - 2; number >= 0; number--)
        {
            if (File.Exists(PathOf(number)))
            {
                File.Move(PathOf(number), PathOf(number + 1));
            }
        }

        _file = Open();
    }
}

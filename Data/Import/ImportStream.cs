namespace Trading.Data.Import;

/// <summary>The text of a plain or gzip file, which knows how far it is and how it ends.</summary>
internal sealed class ImportStream : ReadOnlyStream
{
    private readonly FileStream _file;
    private readonly Stream _text;
    private byte _last;

    private ImportStream(FileStream file, Stream text)
    {
        _file = file;
        _text = text;
    }

    /// <summary>Bytes on disk.</summary>
    public long FileLength => _file.Length;

    /// <summary>Bytes on disk that were read.</summary>
    public long FilePosition => _file.Position;

    public bool EndsWithLineBreak => _last is (byte)'\n' or (byte)'\r';

    public static ImportStream Open(string path)
    {
        var file = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        Span<byte> magic = stackalloc byte[2];
        var isGzip = file.ReadAtLeast(magic, 2, throwOnEndOfStream: false) == 2 && magic is [0x1F, 0x8B];
        file.Position = 0;
        if (!isGzip && path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
        {
            file.Dispose();
            throw new ImportFileException("The name says gzip, but the content is not gzip.");
        }

        return new ImportStream(file, isGzip ? new CheckedGzipStream(file) : file);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await _text.ReadAsync(buffer, cancellationToken);
        if (read > 0)
        {
            _last = buffer.Span[read - 1];
        }

        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _text.Dispose();
            _file.Dispose();
        }

        base.Dispose(disposing);
    }
}

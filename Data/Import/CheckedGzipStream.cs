using System.IO.Compression;

namespace Trading.Data.Import;

/// <summary>
/// Decompresses a gzip file and notices when it is cut short, which GZipStream takes for the end of the text.
/// A member of our own follows the file: where the file is whole, its mark is the last that comes out.
/// </summary>
internal sealed class CheckedGzipStream : ReadOnlyStream
{
    private static readonly byte[] Mark = [.. Enumerable.Range(0, 32).Select(i => (byte)(0x80 ^ (i * 37)))];

    private readonly GZipStream _gzip;
    private readonly byte[] _held = new byte[(1 << 16) + 32];
    private int _start;
    private int _end;
    private bool _isDone;

    public CheckedGzipStream(Stream file) =>
        _gzip = new GZipStream(new Followed(file, Compressed(Mark)), CompressionMode.Decompress);

    /// <exception cref="InvalidDataException">The file is damaged, or ends before its text does.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!_isDone && _end - _start <= Mark.Length)
        {
            await FillAsync(cancellationToken);
        }

        var count = Math.Min(buffer.Length, _end - _start - (_isDone ? 0 : Mark.Length));
        _held.AsSpan(_start, count).CopyTo(buffer.Span);
        _start += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _gzip.Dispose();
        }

        base.Dispose(disposing);
    }

    private static byte[] Compressed(byte[] content)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.NoCompression))
        {
            gzip.Write(content);
        }

        return memory.ToArray();
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        _held.AsSpan(_start, _end - _start).CopyTo(_held);
        (_start, _end) = (0, _end - _start);
        var read = await _gzip.ReadAsync(_held.AsMemory(_end), cancellationToken);
        _end += read;
        if (read > 0)
        {
            return;
        }

        if (!_held.AsSpan(0, _end).SequenceEqual(Mark))
        {
            throw new InvalidDataException("the file ends before its text does, or something follows it.");
        }

        _end = 0;
        _isDone = true;
    }

    private sealed class Followed(Stream first, byte[] second) : ReadOnlyStream
    {
        private readonly MemoryStream _second = new(second);

        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await first.ReadAsync(buffer, cancellationToken);
            return read > 0 ? read : await _second.ReadAsync(buffer, cancellationToken);
        }
    }
}

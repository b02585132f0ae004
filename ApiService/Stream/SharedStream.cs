using IoStream = System.IO.Stream;

namespace Trading.ApiService.Stream;

/// <summary>
/// The wire of one WebSocket, written both by <see cref="System.Net.WebSockets.WebSocket"/> (pings, answers, closing)
/// and by the fan-out (price updates, framed already). Each write is one or more whole frames; they never mix.
/// </summary>
internal sealed class SharedStream(IoStream wire, TimeProvider time) : IoStream
{
    // Not disposed: a write that is being aborted still gives its turn back.
#pragma warning disable CA2213
    private readonly SemaphoreSlim _turn = new(1, 1);
#pragma warning restore CA2213
    private long _writingSince;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>How long the write under way has been waiting for the peer; zero without one.</summary>
    public TimeSpan Stalled =>
        Volatile.Read(ref _writingSince) is var since and not 0 ? time.GetElapsedTime(since) : TimeSpan.Zero;

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            Volatile.Write(ref _writingSince, time.GetTimestamp());
            await wire.WriteAsync(buffer, cancellationToken);
        }
        finally
        {
            Volatile.Write(ref _writingSince, 0);
            _turn.Release();
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        wire.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        wire.ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // The wire sends what is written at once.
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            wire.Dispose();
        }

        base.Dispose(disposing);
    }
}

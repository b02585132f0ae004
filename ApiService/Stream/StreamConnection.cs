using System.Buffers;
using System.Net.WebSockets;
using Trading.ApiService.Telemetry;

namespace Trading.ApiService.Stream;

/// <summary>
/// One WebSocket. Price updates go to the wire as they stand on the board, many in one write; at most one write is
/// under way, and what changes meanwhile is only marked.
/// </summary>
internal sealed class StreamConnection : IThreadPoolWorkItem, IDisposable
{
    private const int BatchBytes = 16 * 1024;
    private const int Idle = 0;
    private const int Running = 1;
    private const int Signalled = 2;

    private readonly SharedStream _wire;
    private readonly WebSocket _socket;
    private readonly StreamHub _hub;
    private readonly ApiMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly Action _abort;
    private long _closingSince;
    private int _wake;
    private volatile bool _held;

    public StreamConnection(
        System.IO.Stream wire,
        StreamOptions options,
        StreamHub hub,
        ApiMetrics metrics,
        TimeProvider time,
        Action abort)
    {
        _wire = new SharedStream(wire, time);
        _socket = WebSocket.CreateFromStream(_wire, new WebSocketCreationOptions
        {
            IsServer = true,
            KeepAliveInterval = options.PingEvery,
            KeepAliveTimeout = options.PongWithin,
        });
        (_hub, _metrics, _time, _abort) = (hub, metrics, time, abort);
        Subscriptions = new SubscriptionSet(this, options.MaxSubscriptions);
    }

    public SubscriptionSet Subscriptions { get; }

    public TimeSpan Stalled => _wire.Stalled;

    /// <summary>How long the peer has been asked to close; zero where it has not.</summary>
    public TimeSpan Closing =>
        Volatile.Read(ref _closingSince) is var since and not 0 ? _time.GetElapsedTime(since) : TimeSpan.Zero;

    public bool IsClosing => Volatile.Read(ref _closingSince) != 0;

    public ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(
        Memory<byte> buffer, CancellationToken cancellationToken) =>
        _socket.ReceiveAsync(buffer, cancellationToken);

    public Task SendAsync(byte[] message, CancellationToken cancellationToken) =>
        _socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);

    public ValueTask SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
        _socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);

    /// <summary>Writes whole frames as they are.</summary>
    public ValueTask WriteFramesAsync(ReadOnlyMemory<byte> frames, int updates, CancellationToken cancellationToken)
    {
        _metrics.Sent(updates);
        return _wire.WriteAsync(frames, cancellationToken);
    }

    /// <summary>
    /// Says a last word, then asks the peer to close; who does not is cut by <see cref="StreamConnections"/>.
    /// </summary>
    public async Task CloseAsync(WebSocketCloseStatus status, string reason, byte[]? lastWord)
    {
        if (Interlocked.CompareExchange(ref _closingSince, _time.GetTimestamp(), 0) != 0)
        {
            return;
        }

        try
        {
            if (lastWord is not null)
            {
                await SendAsync(lastWord, CancellationToken.None);
            }

            await _socket.CloseOutputAsync(status, reason, CancellationToken.None);
        }
        catch (Exception exception) when (IsLost(exception))
        {
            _abort();
        }
    }

    /// <summary>The answer to a close that the peer asked for.</summary>
    public async Task AnswerCloseAsync()
    {
        Interlocked.CompareExchange(ref _closingSince, _time.GetTimestamp(), 0);
        if (_socket.State == WebSocketState.CloseReceived)
        {
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }
    }

    public void Abort() => _abort();

    /// <summary>Holds price updates back while older ones are replayed.</summary>
    public void Hold() => _held = true;

    public void Release()
    {
        _held = false;
        Wake();
    }

    /// <summary>Sends what is marked, soon, on a thread of the pool.</summary>
    public void Wake()
    {
        if (Interlocked.Exchange(ref _wake, Signalled) == Idle)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    void IThreadPoolWorkItem.Execute() => _ = PumpAsync();

    public void Dispose()
    {
        _socket.Dispose();
        _wire.Dispose();
    }

    /// <summary>What a connection throws that is lost or being closed.</summary>
    internal static bool IsLost(Exception exception) => exception is WebSocketException or IOException
        or OperationCanceledException or ObjectDisposedException or InvalidOperationException;

    private async Task PumpAsync()
    {
        try
        {
            do
            {
                Volatile.Write(ref _wake, Running);
                while (!_held && !IsClosing && await SendBatchAsync())
                {
                }
            }
            while (Interlocked.CompareExchange(ref _wake, Idle, Running) != Running);
        }
        catch (Exception exception) when (IsLost(exception))
        {
            // The state stays "running": nothing is sent any more, and the reader ends with the same loss.
            _abort();
        }
    }

    private async ValueTask<bool> SendBatchAsync()
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BatchBytes);
        try
        {
            var (length, updates, more) = Subscriptions.Take(buffer, _hub.Published);
            if (length > 0)
            {
                await WriteFramesAsync(buffer.AsMemory(0, length), updates, CancellationToken.None);
            }

            return more;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}

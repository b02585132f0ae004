using System.Net.WebSockets;
using System.Threading.Channels;

namespace Trading.Contracts;

/// <summary>
/// Live quotes over the API's WebSocket. It connects, subscribes, and after a lost connection connects again by
/// itself, with growing, jittered waits, asks to go on after the last frame seen and subscribes to everything again.
/// Subscriptions may change at any time, from any thread, connected or not.
/// </summary>
/// <param name="options">How to connect, and whom to tell.</param>
/// <param name="time">Measures the waits; the system's clock where null.</param>
public sealed class QuoteStream(QuoteStreamOptions options, TimeProvider? time = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly Lock _gate = new();
    private readonly HashSet<string> _tickers = new(StringComparer.OrdinalIgnoreCase);
    private readonly Channel<bool> _changes =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private long _lastSeq;

    /// <summary>Whether quotes can arrive.</summary>
    public QuoteStreamState State { get; private set; }

    /// <summary>The highest frame number seen; 0 before the first.</summary>
    public long LastSeq => Interlocked.Read(ref _lastSeq);

    /// <summary>The address of a client's stream.</summary>
    /// <param name="api">The API's address, http or https.</param>
    /// <param name="clientId">Names the client in the server's logs and limits.</param>
    public static Uri UrlOf(Uri api, string clientId)
    {
        var url = new UriBuilder(new Uri(api, $"ws/{Uri.EscapeDataString(clientId)}"));
        url.Scheme = url.Scheme is "https" or "wss" ? "wss" : "ws";
        return url.Uri;
    }

    /// <summary>Asks for the quotes of instruments, now and after every reconnection.</summary>
    /// <param name="tickers">Their tickers; those already subscribed to are left as they are.</param>
    public void Subscribe(params IEnumerable<string> tickers)
    {
        lock (_gate)
        {
            _tickers.UnionWith(tickers);
        }

        _changes.Writer.TryWrite(true);
    }

    /// <summary>Ends the quotes of instruments.</summary>
    /// <param name="tickers">Their tickers; unknown ones are ignored.</param>
    public void Unsubscribe(params IEnumerable<string> tickers)
    {
        lock (_gate)
        {
            _tickers.ExceptWith(tickers);
        }

        _changes.Writer.TryWrite(true);
    }

    /// <summary>
    /// Connects while there is something to subscribe to, and keeps connected until cancelled; then returns.
    /// Call it once.
    /// </summary>
    /// <param name="cancellationToken">Ends the stream.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var backOff = new BackOff(options.FirstDelay, options.LongestDelay);
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                await IdleAsync(cancellationToken).ConfigureAwait(false);
                var reason = await ConnectOnceAsync(backOff, cancellationToken).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
                if (Wanted().Count > 0)
                {
                    Become(QuoteStreamState.Reconnecting, reason);
                    await Task.Delay(backOff.Next(), _time, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The way to end.
        }
        finally
        {
            Become(QuoteStreamState.Stopped, null);
        }
    }

    /// <summary>Servers close connections without subscriptions, so none is made before there is one.</summary>
    private async Task IdleAsync(CancellationToken cancellationToken)
    {
        if (Wanted().Count > 0)
        {
            return;
        }

        Become(QuoteStreamState.Idle, null);
        while (Wanted().Count == 0)
        {
            await _changes.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        }

        Become(QuoteStreamState.Connecting, null);
    }

    private async Task<Exception?> ConnectOnceAsync(BackOff backOff, CancellationToken cancellationToken)
    {
        try
        {
            using var socket = NewSocket();
            await socket.ConnectAsync(options.Url, cancellationToken).ConfigureAwait(false);

            var connection = new QuoteConnection(socket, Wanted, _changes.Reader, _time);
            Become(QuoteStreamState.Connected, null);
            await connection
                .RunAsync(LastSeq, message => Take(message, backOff), cancellationToken)
                .ConfigureAwait(false);
            return null;
        }
        catch (Exception exception) when (exception is WebSocketException or HttpRequestException or IOException
            or System.Text.Json.JsonException or OperationCanceledException)
        {
            return exception;
        }
    }

    private ClientWebSocket NewSocket()
    {
        var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = options.KeepAlive;
        socket.Options.KeepAliveTimeout = options.KeepAlive;
        foreach (var (name, value) in options.Headers)
        {
            socket.Options.SetRequestHeader(name, value);
        }

        return socket;
    }

    private HashSet<string> Wanted()
    {
        lock (_gate)
        {
            return new HashSet<string>(_tickers, _tickers.Comparer);
        }
    }

    private void Take(StreamMessage message, BackOff backOff)
    {
        // Only a server that speaks has been reached: one that accepts and drops must not be called in a tight loop.
        backOff.Reset();
        switch (message)
        {
            case { Type: "price_update", Ticker: not null }:
                Interlocked.Exchange(ref _lastSeq, Math.Max(LastSeq, message.Seq));
                options.OnUpdate(message.ToPriceUpdate());
                break;
            case { Type: "error" }:
                options.OnError?.Invoke(message.Code ?? ErrorCodes.Internal, message.Message ?? "", message.Ticker);
                break;
            default:
                break;
        }
    }

    private void Become(QuoteStreamState state, Exception? reason)
    {
        if (State != state)
        {
            State = state;
            options.OnStateChanged?.Invoke(state, reason);
        }
    }
}

using System.Net.WebSockets;

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
    private QuoteConnection? _connection;
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
            var added = tickers.Where(_tickers.Add).ToList();
            _connection?.Send("subscribe", added);
        }
    }

    /// <summary>Ends the quotes of instruments.</summary>
    /// <param name="tickers">Their tickers; unknown ones are ignored.</param>
    public void Unsubscribe(params IEnumerable<string> tickers)
    {
        lock (_gate)
        {
            var removed = tickers.Where(_tickers.Remove).ToList();
            _connection?.Send("unsubscribe", removed);
        }
    }

    /// <summary>Connects and keeps connected until cancelled; then returns. Call it once.</summary>
    /// <param name="cancellationToken">Ends the stream.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var backOff = new BackOff(options.FirstDelay, options.LongestDelay);
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                var reason = await ConnectOnceAsync(backOff, cancellationToken).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
                Become(QuoteStreamState.Reconnecting, reason);
                await Task.Delay(backOff.Next(), _time, cancellationToken).ConfigureAwait(false);
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

    private async Task<Exception?> ConnectOnceAsync(BackOff backOff, CancellationToken cancellationToken)
    {
        try
        {
            using var socket = NewSocket();
            await socket.ConnectAsync(options.Url, cancellationToken).ConfigureAwait(false);

            await using var connection = new QuoteConnection(socket);
            Open(connection);
            Become(QuoteStreamState.Connected, null);
            await connection.RunAsync(message => Take(message, backOff), cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (Exception exception) when (exception is WebSocketException or HttpRequestException or IOException
            or System.Text.Json.JsonException or OperationCanceledException)
        {
            return exception;
        }
        finally
        {
            lock (_gate)
            {
                _connection = null;
            }
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

    private void Open(QuoteConnection connection)
    {
        lock (_gate)
        {
            connection.Send("subscribe", [.. _tickers]);
            if (LastSeq > 0)
            {
                connection.Resume(LastSeq);
            }

            _connection = connection;
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

using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;

namespace Trading.Contracts;

/// <summary>
/// One WebSocket of a <see cref="QuoteStream"/>: keeps the server's subscriptions as wanted, and reads what comes.
/// </summary>
/// <param name="socket">Connected.</param>
/// <param name="wanted">The tickers that should be subscribed to, now.</param>
/// <param name="changes">Holds an item whenever they may have changed.</param>
/// <param name="time">Paces what is sent.</param>
internal sealed class QuoteConnection(
    WebSocket socket, Func<HashSet<string>> wanted, ChannelReader<bool> changes, TimeProvider time)
{
    /// <summary>Keeps one message well below what servers take.</summary>
    private const int TickersPerMessage = 100;

    private const int LongestMessage = 1 << 20;

    /// <summary>Servers limit the messages of a second: what changes in between goes into the next message.</summary>
    private static readonly TimeSpan _pace = TimeSpan.FromMilliseconds(100);

    private byte[] _buffer = new byte[4096];

    /// <summary>Subscribes, asks for what was missed, reads until the server closes; throws if it breaks.</summary>
    public async Task RunAsync(long lastSeq, Action<StreamMessage> take, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sending = SendAllAsync(lastSeq, ending.Token);
        try
        {
            while (await ReceiveAsync(ending.Token).ConfigureAwait(false) is { } message)
            {
                take(message);
            }
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await CloseAsync().ConfigureAwait(false);
        }
    }

    private async Task SendAllAsync(long lastSeq, CancellationToken cancellationToken)
    {
        var subscribed = await MatchAsync([], cancellationToken).ConfigureAwait(false);
        if (lastSeq > 0)
        {
            await SendAsync(new StreamRequest("resume", Seq: lastSeq), cancellationToken).ConfigureAwait(false);
        }

        while (true)
        {
            await changes.ReadAsync(cancellationToken).ConfigureAwait(false);
            subscribed = await MatchAsync(subscribed, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<HashSet<string>> MatchAsync(HashSet<string> subscribed, CancellationToken cancellationToken)
    {
        var now = wanted();
        await SendAsync("unsubscribe", subscribed.Except(now), cancellationToken).ConfigureAwait(false);
        await SendAsync("subscribe", now.Except(subscribed), cancellationToken).ConfigureAwait(false);
        return now;
    }

    private async Task SendAsync(string action, IEnumerable<string> tickers, CancellationToken cancellationToken)
    {
        foreach (var chunk in tickers.Chunk(TickersPerMessage))
        {
            await SendAsync(new StreamRequest(action, chunk), cancellationToken).ConfigureAwait(false);
            await Task.Delay(_pace, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private ValueTask SendAsync(StreamRequest request, CancellationToken cancellationToken)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(request, ContractsJsonContext.Default.StreamRequest);
        return socket.SendAsync(bytes.AsMemory(), WebSocketMessageType.Text, true, cancellationToken);
    }

    private async ValueTask<StreamMessage?> ReceiveAsync(CancellationToken cancellationToken)
    {
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(_buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            length += part.Count;
            if (part.EndOfMessage)
            {
                return JsonSerializer.Deserialize(_buffer.AsSpan(0, length), ContractsJsonContext.Default.StreamMessage)
                    ?? throw new JsonException("The message is null.");
            }

            MakeRoom(length);
        }
    }

    private void MakeRoom(int length)
    {
        if (length == LongestMessage)
        {
            throw new WebSocketException(WebSocketError.InvalidMessageType, "The server's message is too long.");
        }

        if (length == _buffer.Length)
        {
            Array.Resize(ref _buffer, length * 2);
        }
    }

    private async ValueTask CloseAsync()
    {
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived))
        {
            return;
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        try
        {
            await socket
                .CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token)
                .ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or IOException)
        {
            socket.Abort();
        }
    }
}

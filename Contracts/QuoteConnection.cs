using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;

namespace Trading.Contracts;

/// <summary>One WebSocket of a <see cref="QuoteStream"/>: queues what is sent, reads what comes.</summary>
internal sealed class QuoteConnection(WebSocket socket) : IAsyncDisposable
{
    /// <summary>Keeps one message well below what servers take.</summary>
    private const int TickersPerMessage = 100;

    private const int LongestMessage = 1 << 20;

    private readonly Channel<StreamRequest> _requests =
        Channel.CreateUnbounded<StreamRequest>(new UnboundedChannelOptions { SingleReader = true });

    private readonly CancellationTokenSource _closed = new();
    private byte[] _buffer = new byte[4096];

    public void Send(string action, IReadOnlyList<string> tickers)
    {
        foreach (var chunk in tickers.Chunk(TickersPerMessage))
        {
            _requests.Writer.TryWrite(new StreamRequest(action, chunk));
        }
    }

    public void Resume(long seq) => _requests.Writer.TryWrite(new StreamRequest("resume", Seq: seq));

    /// <summary>Reads until the server closes; throws where the connection breaks.</summary>
    public async Task RunAsync(Action<StreamMessage> take, CancellationToken cancellationToken)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closed.Token);
        var sending = SendAllAsync(both.Token);
        try
        {
            while (await ReceiveAsync(both.Token).ConfigureAwait(false) is { } message)
            {
                take(message);
            }
        }
        finally
        {
            await _closed.CancelAsync().ConfigureAwait(false);
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await CloseAsync().ConfigureAwait(false);
        }
    }

    public ValueTask DisposeAsync()
    {
        _closed.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task SendAllAsync(CancellationToken cancellationToken)
    {
        await foreach (var request in _requests.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            var bytes = JsonSerializer.SerializeToUtf8Bytes(request, ContractsJsonContext.Default.StreamRequest);
            await socket.SendAsync(bytes, WebSocketMessageType.Text, true, cancellationToken).ConfigureAwait(false);
        }
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

            if (length == LongestMessage)
            {
                throw new WebSocketException(WebSocketError.InvalidMessageType, "The server's message is too long.");
            }

            if (length == _buffer.Length)
            {
                Array.Resize(ref _buffer, length * 2);
            }
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

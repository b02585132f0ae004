using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using Trading.ApiService.Edge;
using Trading.Contracts;

namespace Trading.ApiService.Stream;

/// <summary>Reads what one client asks for, within its limits, and answers; see docs/websocket.md.</summary>
internal sealed class StreamSession(
    string clientId,
    StreamConnection connection,
    StreamOrigin origin,
    StreamRequests requests,
    StreamOptions options,
    TimeProvider time)
{
    private const int FirstBufferBytes = 1024;

    private readonly MessageBudget _budget = new(options.MaxMessagesPerSecond, time);
    private long _unsubscribedSince = time.GetTimestamp();
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBufferBytes);
    private int _invalid;

    public string ClientId { get; } = clientId;

    public StreamConnection Connection { get; } = connection;

    /// <summary>The message that is being answered.</summary>
    public StreamReply Asked { get; private set; } = new(origin);

    /// <summary>On the users' stream, who is connected; null on the public one.</summary>
    public StreamUser? User { get; init; }

    /// <summary>How long there has been no subscription; zero with one.</summary>
    public TimeSpan WithoutSubscription =>
        Volatile.Read(ref _unsubscribedSince) is var since and not 0 ? time.GetElapsedTime(since) : TimeSpan.Zero;

    /// <summary>
    /// Where a client that resumed before it subscribed wants its updates from; null where it did not.
    /// </summary>
    public (long Sequence, long At)? ResumedFrom { get; set; }

    /// <summary>When this client last asked for a replay; null where it has not.</summary>
    public long? ResumedAt { get; set; }

    /// <summary>Says why and closes; what is answered by that is named where it is a message.</summary>
    public Task FailAsync(WebSocketCloseStatus status, string code, string message, StreamReply? reply = null) =>
        Connection.CloseAsync(status, code, ServerMessage.Error(code, message, reply ?? new StreamReply(origin)));

    /// <summary>Reads until either side has closed.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var (length, kind) = await ReadAsync(cancellationToken);
                if (kind == WebSocketMessageType.Close)
                {
                    await Connection.AnswerCloseAsync();
                    return;
                }

                if (!Connection.IsClosing)
                {
                    await HandleAsync(_buffer.AsMemory(0, length), kind, cancellationToken);
                    NoteSubscriptions();
                }
            }
        }
        catch (Exception exception) when (StreamConnection.IsLost(exception))
        {
            Connection.Abort();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }
    }

    private async ValueTask<(int Length, WebSocketMessageType Kind)> ReadAsync(CancellationToken cancellationToken)
    {
        var length = 0;
        while (true)
        {
            var part = await Connection.ReceiveAsync(_buffer.AsMemory(length), cancellationToken);
            length += part.Count;
            if (length > options.MaxMessageBytes)
            {
                await FailAsync(
                    WebSocketCloseStatus.MessageTooBig,
                    ErrorCodes.MessageTooBig,
                    $"A message has at most {options.MaxMessageBytes} bytes.");
                length = 0;
            }

            if (part.EndOfMessage || part.MessageType == WebSocketMessageType.Close)
            {
                return (length, part.MessageType);
            }

            if (length == _buffer.Length)
            {
                Grow();
            }
        }
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    private Task HandleAsync(ReadOnlyMemory<byte> bytes, WebSocketMessageType kind, CancellationToken cancellationToken)
    {
        if (!_budget.TrySpend())
        {
            return FailAsync(
                WebSocketCloseStatus.PolicyViolation,
                ErrorCodes.TooManyMessages,
                $"At most {options.MaxMessagesPerSecond} messages a second; name many tickers in one.");
        }

        var message = kind == WebSocketMessageType.Text ? Parse(bytes.Span) : null;
        Asked = new StreamReply(origin, message?.Id);
        return message is null ? RefuseAsync(cancellationToken) : AnswerAsync(message, cancellationToken);
    }

    private Task AnswerAsync(ClientMessage message, CancellationToken cancellationToken) => message.Action switch
    {
        "auth" when User is { } user => user.AuthenticateAsync(message.Token, Asked, cancellationToken),
        _ when User is { IsKnown: false } => FailAsync(
            WebSocketCloseStatus.PolicyViolation, ErrorCodes.Unauthorized, StreamUser.Hint, Asked),
        "subscribe" => requests.SubscribeAsync(this, message.AllTickers, cancellationToken),
        "unsubscribe" => requests.UnsubscribeAsync(this, message.AllTickers, cancellationToken),
        "ping" => Connection.SendAsync(ServerMessage.Pong(time.GetUtcNow(), Asked), cancellationToken),
        "resume" when message.Seq is { } sequence => requests.ResumeAsync(this, sequence, cancellationToken),
        _ => RefuseAsync(cancellationToken),
    };

    private Task RefuseAsync(CancellationToken cancellationToken)
    {
        const string Hint = "Send JSON such as {\"action\":\"subscribe\",\"tickers\":[\"AAPL\"]}; "
            + "actions are subscribe, unsubscribe, ping, and resume with seq; an id is a text or number of 64 characters at most.";
        return ++_invalid > options.MaxInvalidMessages
            ? FailAsync(WebSocketCloseStatus.PolicyViolation, ErrorCodes.InvalidMessage, Hint, Asked)
            : Connection.SendAsync(ServerMessage.Error(ErrorCodes.InvalidMessage, Hint, Asked), cancellationToken);
    }

    private static ClientMessage? Parse(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, ApiJson.Default.ClientMessage) is { } message
                && (message.Id is not { } id || StreamReply.IsId(id)) ? message : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void NoteSubscriptions()
    {
        if (Connection.Subscriptions.Count > 0)
        {
            Volatile.Write(ref _unsubscribedSince, 0);
        }
        else if (Volatile.Read(ref _unsubscribedSince) == 0)
        {
            Volatile.Write(ref _unsubscribedSince, time.GetTimestamp());
        }
    }
}

using System.Net.WebSockets;
using System.Threading.Channels;
using Trading.Contracts;

namespace Trading.ApiService.Stream;

/// <summary>Whose a connection is, once it has shown that, and what it is told.</summary>
internal sealed class UserSocket(
    StreamConnection connection, StreamOrigin origin, StreamOptions options, TimeProvider time)
{
    private readonly long _openedAt = time.GetTimestamp();
    private readonly Channel<ReadOnlyMemory<byte>> _waiting = Channel.CreateBounded<ReadOnlyMemory<byte>>(
        new BoundedChannelOptions(options.MaxWaitingMessages) { SingleReader = true });

    private volatile Holder? _holder;

    public StreamConnection Connection { get; } = connection;

    /// <summary>The user and the session; null as long as they are not known.</summary>
    public Holder? Of => _holder;

    /// <summary>How long the connection has been a stranger's; zero where it is not.</summary>
    public TimeSpan Unknown => _holder is null ? time.GetElapsedTime(_openedAt) : TimeSpan.Zero;

    /// <summary>Says whose the connection is; it stays theirs.</summary>
    /// <returns>False where it is another's.</returns>
    public bool Is(Holder holder)
    {
        if (_holder is { } known)
        {
            return known == holder;
        }

        _holder = holder;
        _ = PumpAsync();
        return true;
    }

    /// <summary>Sends a message when its turn comes; who reads too slowly for that is closed.</summary>
    public void Tell(ReadOnlyMemory<byte> message)
    {
        if (!_waiting.Writer.TryWrite(message))
        {
            _waiting.Writer.TryComplete();
            _ = CloseAsync(ErrorCodes.TooSlow, "Not all could be told, as too little was read; connect again.");
        }
    }

    public Task CloseAsync(string code, string message, StreamReply? reply = null) => Connection.CloseAsync(
        WebSocketCloseStatus.PolicyViolation,
        code,
        ServerMessage.Error(code, message, reply ?? new StreamReply(origin)));

    public void End() => _waiting.Writer.TryComplete();

    private async Task PumpAsync()
    {
        try
        {
            await foreach (var message in _waiting.Reader.ReadAllAsync())
            {
                if (Connection.IsClosing)
                {
                    return;
                }

                await Connection.SendAsync(message, CancellationToken.None);
            }
        }
        catch (Exception exception) when (StreamConnection.IsLost(exception))
        {
            Connection.Abort();
        }
    }

    /// <summary>A user, and the session that a connection ends with.</summary>
    internal sealed record Holder(Guid User, Guid Session);
}

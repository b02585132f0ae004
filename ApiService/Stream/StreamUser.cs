using Trading.ApiService.Edge;
using Trading.Contracts;

namespace Trading.ApiService.Stream;

/// <summary>Lets one connection of the users' stream in.</summary>
internal sealed class StreamUser(UserSocket socket, UserEntry entry, UserSockets users)
{
    public const string Hint = "Send {\"action\":\"auth\",\"token\":\"...\"} with an access token first, "
        + "or open the stream with a ticket of POST /api/v1/ws/ticket.";

    public bool IsKnown => socket.Of is not null;

    public TimeSpan Unknown => socket.Unknown;

    public async Task AuthenticateAsync(string? token, StreamReply reply, CancellationToken cancellationToken)
    {
        try
        {
            if (await entry.OfTokenAsync(token, cancellationToken) is { } holder)
            {
                await EnterAsync(holder, reply, cancellationToken);
            }
            else
            {
                await socket.CloseAsync(
                    ErrorCodes.Unauthorized, "The token is not valid, or not any more; sign in again.", reply);
            }
        }
        catch (Exception error) when (StoreFailures.IsAway(error))
        {
            await socket.CloseAsync(ErrorCodes.Unavailable, "Sessions cannot be read now; try again.", reply);
        }
    }

    /// <summary>Gives the connection to its user, and says so.</summary>
    public async Task EnterAsync(UserSocket.Holder holder, StreamReply reply, CancellationToken cancellationToken)
    {
        var isNew = socket.Of is null;
        if (!socket.Is(holder))
        {
            await socket.CloseAsync(
                ErrorCodes.Unauthorized, "The connection is another session's; open one of your own.", reply);
        }
        else if (isNew && !users.Enter(socket, holder))
        {
            await socket.CloseAsync(
                ErrorCodes.TooManyConnections, "The user has too many connections; close one.", reply);
        }
        else
        {
            await socket.Connection.SendAsync(ServerMessage.Authenticated(reply), cancellationToken);
        }
    }
}

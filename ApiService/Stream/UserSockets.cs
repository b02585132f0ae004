using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Trading.ApiService.Auth;
using Trading.Contracts;
using Trading.Data.Accounts;
using Trading.ServiceDefaults.Messages;

namespace Trading.ApiService.Stream;

/// <summary>
/// The connections of signed-in users at this replica. They are told what is meant for them, and closed when their
/// session ends: at once where Redis tells, else when the database is asked next.
/// </summary>
internal sealed partial class UserSockets(
    UserFeed feed,
    SessionGuard guard,
    SessionStore sessions,
    IOptions<StreamOptions> options,
    TimeProvider time,
    ILogger<UserSockets> logger) : BackgroundService
{
    private readonly ConcurrentDictionary<UserSocket, UserSocket.Holder> _open = new();
    private readonly Dictionary<Guid, List<UserSocket>> _ofUser = [];
    private readonly Lock _gate = new();

    /// <summary>Gives a connection to its user; false where the user has too many.</summary>
    public bool Enter(UserSocket socket, UserSocket.Holder holder)
    {
        lock (_gate)
        {
            if (!_ofUser.TryGetValue(holder.User, out var own))
            {
                _ofUser[holder.User] = own = [];
            }

            if (own.Count >= options.Value.MaxConnectionsPerUser)
            {
                return false;
            }

            own.Add(socket);
            _open[socket] = holder;
            return true;
        }
    }

    public void Leave(UserSocket socket)
    {
        socket.End();
        lock (_gate)
        {
            if (_open.TryRemove(socket, out var holder) && _ofUser.TryGetValue(holder.User, out var own))
            {
                own.Remove(socket);
                if (own.Count == 0)
                {
                    _ofUser.Remove(holder.User);
                }
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        feed.Listen(Tell);
        guard.Ended += Close;
        try
        {
            using var timer = new PeriodicTimer(options.Value.CheckSessionsEvery, time);
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await CheckAsync(stoppingToken);
            }
        }
        finally
        {
            guard.Ended -= Close;
        }
    }

    private void Tell(Guid? user, ReadOnlyMemory<byte> message)
    {
        foreach (var socket in user is { } one ? Of(one) : _open.Keys)
        {
            socket.Tell(message);
        }
    }

    private IEnumerable<UserSocket> Of(Guid user)
    {
        lock (_gate)
        {
            return _ofUser.TryGetValue(user, out var own) ? [.. own] : [];
        }
    }

    private void Close(Guid session)
    {
        foreach (var (socket, _) in _open.Where(pair => pair.Value.Session == session))
        {
            _ = socket.CloseAsync(ErrorCodes.Unauthorized, "The session is over; sign in again.");
        }
    }

    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            var open = _open.Values.Select(holder => holder.Session).Distinct().ToArray();
            if (open.Length > 0)
            {
                foreach (var closed in await sessions.FindClosedAsync(open, time.GetUtcNow().UtcDateTime, cancellationToken))
                {
                    Close(closed);
                }
            }
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            LogUnchecked(error.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Which sessions are over cannot be read; their connections stay for now: {Reason}")]
    private partial void LogUnchecked(string reason);
}

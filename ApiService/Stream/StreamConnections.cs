using System.Collections.Concurrent;
using System.Net.WebSockets;
using Microsoft.Extensions.Options;
using Trading.ApiService.Limits;
using Trading.ApiService.Telemetry;
using Trading.Contracts;

namespace Trading.ApiService.Stream;

/// <summary>
/// Every open WebSocket of this replica: how many there may be, which are cut, and how all are closed.
/// </summary>
internal sealed partial class StreamConnections(
    IOptions<StreamOptions> options,
    ApiMetrics metrics,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<StreamConnections> logger) : BackgroundService
{
    private static readonly TimeSpan _checkEvery = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<StreamSession, ClientKey> _open = new();
    private readonly Dictionary<ClientKey, int> _perClient = [];
    private readonly Lock _gate = new();
    private readonly StreamOptions _options = options.Value;
    private int _count;

    public int Count => _open.Count;

    /// <summary>Counts a connection in, also one that is too many: it is told so, and counted out again.</summary>
    /// <returns>False where it is one too many.</returns>
    public bool Enter(StreamSession session, ClientKey client, bool trusted)
    {
        _open[session] = client;
        metrics.ConnectionOpened();
        lock (_gate)
        {
            _count++;
            var own = _perClient.GetValueOrDefault(client) + 1;
            _perClient[client] = own;
            return _count <= _options.MaxConnections && (trusted || own <= _options.MaxConnectionsPerClient);
        }
    }

    public void Leave(StreamSession session)
    {
        if (!_open.TryRemove(session, out var client))
        {
            return;
        }

        metrics.ConnectionClosed();
        lock (_gate)
        {
            _count--;
            if (--_perClient[client] == 0)
            {
                _perClient.Remove(client);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var stopping = lifetime.ApplicationStopping.Register(() => _ = CloseAllAsync());
        using var timer = new PeriodicTimer(_checkEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var (session, _) in _open)
            {
                Check(session);
            }
        }
    }

    private void Check(StreamSession session)
    {
        var connection = session.Connection;
        if (connection.Stalled > _options.WriteTimeout)
        {
            LogStalled(session.ClientId, _options.WriteTimeout.TotalSeconds);
            connection.Abort();
        }
        else if (connection.Closing > _options.CloseWithin)
        {
            connection.Abort();
        }
        else if (session.User is { } user)
        {
            if (user.Unknown > _options.AuthenticateWithin)
            {
                _ = session.FailAsync(
                    WebSocketCloseStatus.PolicyViolation, ErrorCodes.Unauthorized, StreamUser.Hint);
            }
        }
        else if (session.WithoutSubscription > _options.SubscribeWithin)
        {
            _ = session.FailAsync(
                WebSocketCloseStatus.PolicyViolation,
                ErrorCodes.NoSubscription,
                "Subscribe to a ticker to stay connected.");
        }
    }

    private async Task CloseAllAsync()
    {
        foreach (var (session, _) in _open)
        {
            _ = session.Connection.CloseAsync(
                WebSocketCloseStatus.EndpointUnavailable, "server_shutdown", ServerMessage.ServerShutdown);
        }

        await Task.Delay(_options.CloseWithin, time);
        foreach (var (session, _) in _open)
        {
            session.Connection.Abort();
        }
    }

    [LoggerMessage(
        Level = LogLevel.Information, Message = "Stream {Client} is cut: it has read nothing for {Seconds} s")]
    private partial void LogStalled(string client, double seconds);
}

using System.Net.WebSockets;
using Microsoft.Extensions.Options;
using Microsoft.FeatureManagement;
using Trading.ApiService.Edge;
using Trading.ApiService.Limits;
using Trading.ApiService.Settings;
using Trading.ApiService.Telemetry;
using Trading.Contracts;

namespace Trading.ApiService.Stream;

/// <summary>Turns a request into a WebSocket and stays with it until it ends.</summary>
internal sealed class StreamAcceptor(
    StreamHub hub,
    StreamRequests requests,
    StreamConnections connections,
    UserSockets users,
    UserEntry entry,
    TrustedCaller trusted,
    ApiMetrics metrics,
    IOptions<StreamOptions> options,
    TimeProvider time)
{
    /// <summary>Why a request may not become a WebSocket; null where it may.</summary>
    public async Task<ApiProblem?> RefuseAsync(HttpContext context) =>
        await context.RequestServices.GetRequiredService<IFeatureManager>().IsEnabledAsync(Features.Stream)
            ? Handshake.Refuse(context, options.Value)
            : Features.Off(Features.Stream);

    /// <summary>The public stream.</summary>
    public async Task RunAsync(HttpContext context, string clientId)
    {
        await using var wire = await Handshake.AcceptAsync(context);
        using var connection = Connect(context, wire);
        await RunAsync(context, new StreamSession(
            clientId, connection, StreamOrigin.Of(context), requests, options.Value, time));
    }

    /// <summary>The users' stream; of a stranger it waits to hear who that is.</summary>
    public async Task RunAsync(HttpContext context, UserSocket.Holder? holder)
    {
        await using var wire = await Handshake.AcceptAsync(context);
        using var connection = Connect(context, wire);
        var origin = StreamOrigin.Of(context);
        var socket = new UserSocket(connection, origin, options.Value, time);
        var user = new StreamUser(socket, entry, users);
        try
        {
            if (holder is not null)
            {
                await user.EnterAsync(holder, new StreamReply(origin), context.RequestAborted);
            }

            await RunAsync(
                context,
                new StreamSession("user", connection, origin, requests, options.Value, time) { User = user });
        }
        finally
        {
            users.Leave(socket);
        }
    }

    private StreamConnection Connect(HttpContext context, System.IO.Stream wire) =>
        new(wire, options.Value, hub, metrics, time, context.Abort);

    private async Task RunAsync(HttpContext context, StreamSession session)
    {
        var client = ClientKey.Of(context.Connection.RemoteIpAddress);
        try
        {
            if (!connections.Enter(session, client, trusted.Sent(context.Request)))
            {
                await session.FailAsync(
                    WebSocketCloseStatus.PolicyViolation,
                    ErrorCodes.TooManyConnections,
                    "Too many connections; close one, or try again later.");
            }

            await session.RunAsync(context.RequestAborted);
        }
        finally
        {
            connections.Leave(session);
            hub.RemoveAll(session.Connection.Subscriptions);
        }
    }
}

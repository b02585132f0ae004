using System.Buffers;
using System.Net.WebSockets;
using Microsoft.Extensions.Options;
using Microsoft.FeatureManagement;
using Trading.ApiService.Edge;
using Trading.ApiService.Limits;
using Trading.ApiService.Settings;
using Trading.ApiService.Telemetry;
using Trading.Contracts;

namespace Trading.ApiService.Stream;

/// <summary>The WebSocket of public quotes.</summary>
internal static class StreamApi
{
    private const int LongestClientId = 64;

    private static readonly SearchValues<char> _idCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    public static IHostApplicationBuilder AddStream(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<StreamOptions>()
            .BindConfiguration(StreamOptions.Section)
            .Validate(options => options.MaxSubscriptions is > 0 and <= 10_000, "Stream:MaxSubscriptions: 1 to 10000.")
            .ValidateOnStart();
        builder.Services.AddSingleton<StreamHub>();
        builder.Services.AddSingleton<StreamReplay>();
        builder.Services.AddSingleton<StreamRequests>();
        builder.Services.AddSingleton<StreamConnections>();
        builder.Services.AddHostedService(services => services.GetRequiredService<StreamConnections>());
        return builder;
    }

    public static void MapStream(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/ws/{clientId}", ["GET", "CONNECT"], OpenAsync)
            .WithName("OpenStream")
            .WithTags("Stream")
            .ExcludeFromDescription()
            .AllowAnonymous();

    private static async Task OpenAsync(
        string clientId,
        HttpContext context,
        StreamHub hub,
        StreamRequests requests,
        StreamConnections connections,
        TrustedCaller trusted,
        ApiMetrics metrics,
        IOptions<StreamOptions> options,
        IFeatureManager features,
        TimeProvider time)
    {
        if (!await features.IsEnabledAsync(Features.Stream))
        {
            await Features.Off(Features.Stream).ExecuteAsync(context);
            return;
        }

        if ((RefuseId(clientId) ?? Handshake.Refuse(context, options.Value)) is { } problem)
        {
            await problem.ExecuteAsync(context);
            return;
        }

        await using var wire = await Handshake.AcceptAsync(context);
        using var connection = new StreamConnection(wire, options.Value, hub, metrics, time, context.Abort);
        var session = new StreamSession(clientId, connection, requests, options.Value, time);
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
            hub.RemoveAll(connection.Subscriptions);
        }
    }

    private static ApiProblem? RefuseId(string clientId) =>
        clientId.Length is > 0 and <= LongestClientId && !clientId.AsSpan().ContainsAnyExcept(_idCharacters)
            ? null
            : ApiProblem.BadRequest(
                ErrorCodes.InvalidParameter, "A client id has 1 to 64 letters, digits and - _ .; choose any.");
}

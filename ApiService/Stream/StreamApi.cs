using System.Buffers;
using Trading.ApiService.Edge;
using Trading.Contracts;
using Trading.ServiceDefaults.Messages;

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
            .Validate(options => options.HasSizes, "Stream: a size is not above zero.")
            .Validate(options => options.HasTimes, "Stream: a time is not above zero.")
            .ValidateOnStart();
        builder.Services.AddSingleton<StreamHub>();
        builder.Services.AddSingleton<StreamReplay>();
        builder.Services.AddSingleton<StreamRequests>();
        builder.Services.AddSingleton<StreamConnections>();
        builder.Services.AddHostedService(services => services.GetRequiredService<StreamConnections>());
        builder.AddUserFeed();
        builder.Services.AddSingleton<UserSockets>();
        builder.Services.AddHostedService(services => services.GetRequiredService<UserSockets>());
        builder.Services.AddSingleton<UserEntry>();
        builder.Services.AddSingleton<StreamAcceptor>();
        return builder;
    }

    public static void MapStream(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/ws/{clientId}", ["GET", "CONNECT"], OpenAsync)
            .WithName("OpenStream")
            .WithTags("Stream")
            .ExcludeFromDescription()
            .AllowAnonymous();

    private static async Task OpenAsync(string clientId, HttpContext context, StreamAcceptor acceptor)
    {
        if ((RefuseId(clientId) ?? await acceptor.RefuseAsync(context)) is { } problem)
        {
            await problem.ExecuteAsync(context);
            return;
        }

        await acceptor.RunAsync(context, clientId);
    }

    private static ApiProblem? RefuseId(string clientId) =>
        clientId.Length is > 0 and <= LongestClientId && !clientId.AsSpan().ContainsAnyExcept(_idCharacters)
            ? null
            : ApiProblem.BadRequest(
                ErrorCodes.InvalidParameter, "A client id has 1 to 64 letters, digits and - _ .; choose any.");
}

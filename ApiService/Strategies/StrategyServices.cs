using Trading.ApiService.Auth;
using Trading.ApiService.Telemetry;
using Trading.Contracts;

namespace Trading.ApiService.Strategies;

internal static class StrategyServices
{
    public static IHostApplicationBuilder AddStrategies(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<StrategyMetrics>();
        builder.Services.AddSingleton<StrategyLibrary>();
        return builder;
    }

    public static void MapStrategies(this IEndpointRouteBuilder routes)
    {
        var strategies = routes.MapGroup("/strategies").WithTags("Strategies")
            .RequireAuthorization(Policies.Viewer).OpenToKeys(Scopes.Strategies);
        strategies.MapReading();
        strategies.MapLanguage();
        routes.MapGroup("/strategies").WithTags("Strategies")
            .RequireAuthorization(Policies.Author).OpenToKeys(Scopes.Strategies)
            .MapWriting();
    }
}

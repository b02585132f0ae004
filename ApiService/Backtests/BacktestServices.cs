using Trading.ApiService.Auth;
using Trading.Contracts;
using Trading.Data.Backtests;

namespace Trading.ApiService.Backtests;

internal static class BacktestServices
{
    public static IHostApplicationBuilder AddBacktests(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<BacktestOptions>()
            .BindConfiguration(BacktestOptions.Section)
            .Validate(
                options => options is { InlineWork: >= 0, InlineAtATime: > 0, MaxWork: > 0, MaxBars: > 0, MaxInstruments: > 0 },
                "Backtests: a size is not above zero.")
            .Validate(
                options => options.CloseDelay >= TimeSpan.Zero && options.CloseDelay <= TimeSpan.FromDays(1),
                "Backtests:CloseDelay is 0 to a day.")
            .ValidateOnStart();
        builder.Services.AddSingleton<BarColumns>();
        builder.Services.AddSingleton<BacktestStore>();
        builder.Services.AddSingleton<BacktestRunner>();
        builder.Services.AddSingleton<StrategyFinder>();
        builder.Services.AddSingleton<BacktestReading>();
        builder.Services.AddSingleton<BacktestMetrics>();
        builder.Services.AddSingleton<BacktestDesk>();
        return builder;
    }

    public static void MapBacktests(this IEndpointRouteBuilder routes)
    {
        var backtests = Group(routes, "/backtests");
        backtests.MapStarting(Group(routes, "/backtest"));
        backtests.MapReading();
        backtests.MapResultParts();
        backtests.MapEnding();
    }

    private static RouteGroupBuilder Group(IEndpointRouteBuilder routes, string path) => routes.MapGroup(path)
        .WithTags("Backtests").RequireAuthorization(Policies.Viewer).OpenToKeys(Scopes.Backtests);
}

using Microsoft.AspNetCore.Http.HttpResults;
using Trading.ApiService.Edge;
using Trading.ApiService.Telemetry;
using Trading.Contracts;
using Trading.Domain.Strategies.Language;

namespace Trading.ApiService.Strategies;

/// <summary>What an editor needs: the errors of a text, and the words of the language.</summary>
internal static class StrategyLanguageApi
{
    private static readonly StrategyLanguageResponse _language = new(
        [
            .. StrategyReference.All.Select(word =>
                new StrategyWordResponse(word.Name, word.Kind, word.Signature, word.Summary, word.Outputs)),
        ],
        new Dictionary<string, double>
        {
            ["characters"] = StrategyLimits.Characters,
            ["tokens"] = StrategyLimits.Tokens,
            ["nesting"] = StrategyLimits.Nesting,
            ["name_length"] = StrategyLimits.NameLength,
            ["parameters"] = StrategyLimits.Parameters,
            ["columns"] = StrategyLimits.Columns,
            ["indicators"] = StrategyLimits.Indicators,
            ["total_period"] = StrategyLimits.TotalPeriod,
            ["largest_number"] = StrategyLimits.LargestNumber,
        });

    public static void MapLanguage(this RouteGroupBuilder strategies)
    {
        strategies.MapPost("/check", Check)
            .WithName("CheckStrategy")
            .WithSummary("What is wrong with a text, where, and what to do; or what it would compute")
            .Produces<StrategyCheckResponse>()
            .ProducesProblems(400, 401, 403, 413, 415, 429);
        strategies.MapGet("/language", Words)
            .WithName("GetStrategyLanguage")
            .WithSummary("Every word of the strategy language, and its limits")
            .Produces<StrategyLanguageResponse>()
            .ProducesProblems(401, 403, 429);
    }

    private static JsonHttpResult<StrategyCheckResponse> Check(
        StrategyCheckRequest request, StrategyMetrics metrics, TimeProvider time)
    {
        var started = time.GetTimestamp();
        var compilation = StrategyLanguage.Compile(request.Source ?? "");
        metrics.Checked(compilation.IsValid, time.GetElapsedTime(started));
        return TypedResults.Json(Describe(compilation), ApiJson.Default);
    }

    private static JsonHttpResult<StrategyLanguageResponse> Words() =>
        TypedResults.Json(_language, ApiJson.Default);

    private static StrategyCheckResponse Describe(StrategyCompilation compilation) =>
        compilation.Strategy is { } strategy
            ? new(
                true,
                [],
                StrategyText.Describe(strategy.Parameters),
                strategy.WarmUp(strategy.Defaults()),
                strategy.Settling(strategy.Defaults()),
                strategy.Indicators)
            : new(false, [.. compilation.Errors.Select(StrategyText.Describe)], [], null, null, []);
}

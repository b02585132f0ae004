using Trading.ApiService.Edge;
using Trading.Contracts;
using Trading.Data.Strategies;
using Trading.Domain.Strategies;
using Trading.Domain.Strategies.BuiltIn;
using Trading.Domain.Strategies.Language;

namespace Trading.ApiService.Backtests;

/// <summary>A strategy that a request names.</summary>
internal sealed record FoundStrategy(
    ITradingStrategy Strategy, string Name, string? Source = null, Guid? Id = null, int? Version = null);

/// <summary>Finds the strategy that a request names: built in, saved, or written into it.</summary>
internal sealed class StrategyFinder(StrategyStore store)
{
    private const string OwnName = "own";

    public Task<FoundStrategy?> FindAsync(
        Guid user, BacktestRequest request, Validation check, CancellationToken cancellationToken)
    {
        var named = new object?[] { request.Strategy, request.StrategyId, request.Source }.Count(each => each is not null);
        check.Require(named == 1, "strategy", "Give one of strategy, strategy_id and source.");
        if (named != 1)
        {
            return Task.FromResult<FoundStrategy?>(null);
        }

        return request.StrategyId is { } id
            ? FindSavedAsync(user, id, request.StrategyVersion, check, cancellationToken)
            : Task.FromResult(
                request.Source is { } source ? Compile(source, OwnName, check) : FindBuiltIn(request.Strategy!, check));
    }

    private static FoundStrategy? FindBuiltIn(string name, Validation check)
    {
        if (StrategyCatalog.TryFind(name, out var builtIn))
        {
            return new(builtIn.Strategy, builtIn.Name);
        }

        check.Require(
            false, "strategy", $"One of {string.Join(", ", StrategyCatalog.All.Select(known => known.Name))}.");
        return null;
    }

    private static FoundStrategy? Compile(string source, string name, Validation check)
    {
        var compilation = StrategyLanguage.Compile(source, name);
        if (compilation.IsValid)
        {
            return new(compilation.Strategy, name, source);
        }

        foreach (var error in compilation.Errors)
        {
            check.Require(
                false, "source", $"Line {error.Line}, column {error.Column}: {error.Message} {error.Hint}".TrimEnd());
        }

        return null;
    }

    private async Task<FoundStrategy?> FindSavedAsync(
        Guid user, Guid id, int? version, Validation check, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(user, id, version, cancellationToken) is not { } found)
        {
            check.Require(
                false, "strategy_id", "You can read no strategy of this id and version; /api/v1/strategies lists them.");
            return null;
        }

        return Compile(found.Version.Source, found.Strategy.Name, check) is { } compiled
            ? compiled with { Id = id, Version = found.Version.Number }
            : null;
    }
}

using Trading.Contracts;
using Trading.Data.Strategies;
using Trading.Domain.Strategies.BuiltIn;

namespace Trading.ApiService.Strategies;

/// <summary>All strategies that a user may read, page by page: one's own, then shared ones, then built-in ones.</summary>
internal sealed class StrategyLibrary(StrategyStore store)
{
    /// <summary>Strategies after one, or from the first on; at most one more than the limit.</summary>
    /// <param name="user">Who reads.</param>
    /// <param name="kind">One kind alone; null for all.</param>
    /// <param name="after">Where the page before ended, as <see cref="KeyOf"/> says; null for the first page.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<StrategySummaryResponse>> ListAsync(
        Guid user, string? kind, string? after, int limit, CancellationToken cancellationToken)
    {
        var (startKind, startKey) = Split(after);
        var found = new List<StrategySummaryResponse>();
        foreach (var next in StrategyKinds.All.SkipWhile(each => startKind is not null && each != startKind))
        {
            if ((kind is null || kind == next) && found.Count < limit)
            {
                var key = next == startKind ? startKey : null;
                found.AddRange(await ListKindAsync(user, next, key, limit - found.Count, cancellationToken));
            }
        }

        return found;
    }

    /// <summary>Where a page ends.</summary>
    public static string KeyOf(StrategySummaryResponse last) => $"{last.Kind}:{last.Id}";

    private static (string? Kind, string? Key) Split(string? after) =>
        after?.Split(':', 2) is [var kind, var key] ? (kind, key) : (null, null);

    private async Task<IEnumerable<StrategySummaryResponse>> ListKindAsync(
        Guid user, string kind, string? after, int limit, CancellationToken cancellationToken)
    {
        if (kind == StrategyKinds.BuiltIn)
        {
            var rest = after is null
                ? StrategyCatalog.All
                : StrategyCatalog.All.SkipWhile(strategy => strategy.Name != after).Skip(1);
            return rest.Take(limit).Select(StrategyText.Summarise);
        }

        Guid? before = Guid.TryParse(after, out var id) ? id : null;
        var rows = await store.ListAsync(user, kind == StrategyKinds.Own, before, limit, cancellationToken);
        return rows.Select(row => StrategyText.Summarise(row, user));
    }
}

using Trading.Contracts;
using Trading.Data.Signals;
using Trading.Domain.Signals;

namespace Trading.ApiService.Signals;

/// <summary>Sums up every signal that has ended, the losers like the winners.</summary>
internal static class SignalShowcase
{
    private const int Extremes = 10;

    public static async Task<SignalShowcaseResponse> ReadAsync(
        SignalStore store, string interval, CancellationToken cancellationToken)
    {
        var resolved = await store.ResolvedAsync(interval, cancellationToken);
        var ranked = resolved.Where(one => one.R is not null).OrderByDescending(one => one.R).ToList();
        var best = ranked.Take(Extremes).Select(one => one.Id).ToArray();
        var worst = ranked.AsEnumerable().Reverse().Take(Extremes).Select(one => one.Id).ToArray();
        var shown = (await store.FindAllAsync([.. best.Union(worst)], cancellationToken))
            .ToDictionary(one => one.Signal.Id, SignalAnswers.Describe);
        return new SignalShowcaseResponse(
            interval, GroupsOf(resolved), [.. best.Select(id => shown[id])], [.. worst.Select(id => shown[id])]);
    }

    private static List<SignalPerformanceResponse> GroupsOf(IReadOnlyList<ResolvedSignal> resolved) =>
    [
        Sum("all", resolved),
        Sum("live", resolved.Where(one => !one.Backfilled)),
        Sum("backfilled", resolved.Where(one => one.Backfilled)),
        .. Enum.GetValues<SignalDirection>().Select(direction =>
            Sum($"direction:{direction.Code()}", resolved.Where(one => one.Direction == direction))),
        .. Enum.GetValues<MarketRegime>().Select(regime =>
            Sum($"regime:{regime.Code()}", resolved.Where(one => one.Regime == regime))),
    ];

    private static SignalPerformanceResponse Sum(string group, IEnumerable<ResolvedSignal> signals)
    {
        var all = signals.ToList();
        var results = all.Where(one => one.R is not null).Select(one => one.R!.Value).Order().ToList();
        var losses = -results.Where(r => r < 0).Sum();
        return new SignalPerformanceResponse(
            group,
            all.Count,
            Count(all, SignalState.TargetHit),
            Count(all, SignalState.Stopped),
            Count(all, SignalState.Expired),
            Count(all, SignalState.Invalidated),
            SignalAnswers.Describe(ShareInterval.Of(Count(all, SignalState.TargetHit), all.Count)),
            SignalAnswers.Describe(ShareInterval.Of(results.Count(r => r > 0), results.Count)),
            results.Count == 0 ? null : results.Average(),
            results.Count == 0 ? null : (results[(results.Count - 1) / 2] + results[results.Count / 2]) / 2,
            losses > 0 ? results.Where(r => r > 0).Sum() / losses : null);
    }

    private static int Count(List<ResolvedSignal> signals, SignalState state) =>
        signals.Count(one => one.State == state);
}

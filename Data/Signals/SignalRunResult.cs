using Trading.Domain.Signals;

namespace Trading.Data.Signals;

/// <summary>What a run stored; of the signals, those that are news and not those backfilled.</summary>
public sealed record SignalRunResult(
    int Instruments,
    int Generated,
    int Backfilled,
    IReadOnlyDictionary<SignalState, int> Resolved,
    int Anomalies,
    IReadOnlyList<SignalNews> News)
{
    public static SignalRunResult Nothing { get; } = new(0, 0, 0, new Dictionary<SignalState, int>(), 0, []);
}

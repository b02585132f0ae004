using System.Diagnostics.Metrics;
using Trading.Data.Signals;
using Trading.Domain.Signals;
using Trading.PricingWorker.Hosting;

namespace Trading.PricingWorker.Signals;

/// <summary>What signals the worker made and ended.</summary>
internal sealed class SignalMetrics
{
    private readonly Counter<long> _generated;
    private readonly Counter<long> _resolved;
    private readonly Counter<long> _anomalies;
    private readonly Histogram<double> _latency;

    public SignalMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(WorkerMetrics.Name);
        _generated = meter.CreateCounter<long>("trading.signal.generated", "{signal}", "Signals made, past ones too.");
        _resolved = meter.CreateCounter<long>("trading.signal.resolved", "{signal}", "Signals that have ended.");
        _anomalies = meter.CreateCounter<long>("trading.signal.anomalies", "{anomaly}", "Anomalies found.");
        _latency = meter.CreateHistogram<double>(
            "trading.signal.latency", "s", "From bars being seen as closed to their signals being stored.");
    }

    /// <summary>Shows the counters before there is anything to count, so that their first rise is one.</summary>
    public void StartCounting()
    {
        _generated.Add(0, new KeyValuePair<string, object?>("backfilled", false));
        _anomalies.Add(0);
        foreach (var state in Enum.GetValues<SignalState>().Where(state => state is not SignalState.Active))
        {
            _resolved.Add(0, new KeyValuePair<string, object?>("state", state.Code()));
        }
    }

    public void Record(SignalRunResult result, TimeSpan elapsed)
    {
        _generated.Add(result.Generated, new KeyValuePair<string, object?>("backfilled", false));
        _generated.Add(result.Backfilled, new KeyValuePair<string, object?>("backfilled", true));
        _anomalies.Add(result.Anomalies);
        foreach (var (state, count) in result.Resolved)
        {
            _resolved.Add(count, new KeyValuePair<string, object?>("state", state.Code()));
        }

        _latency.Record(elapsed.TotalSeconds);
    }
}

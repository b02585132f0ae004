using System.Diagnostics.Metrics;

namespace Trading.ApiService.Telemetry;

/// <summary>Checks of strategies' texts.</summary>
internal sealed class StrategyMetrics
{
    private readonly Counter<long> _checks;
    private readonly Histogram<double> _duration;

    public StrategyMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(ApiMetrics.MeterName);
        _checks = meter.CreateCounter<long>("trading.strategy.checks", "{check}", "Texts of strategies that were checked.");
        _duration = meter.CreateHistogram<double>("trading.strategy.check.duration", "s", "The check of one text.");
        foreach (var outcome in new[] { "valid", "invalid" })
        {
            _checks.Add(0, Outcome(outcome));
        }
    }

    public void Checked(bool isValid, TimeSpan duration)
    {
        _checks.Add(1, Outcome(isValid ? "valid" : "invalid"));
        _duration.Record(duration.TotalSeconds);
    }

    private static KeyValuePair<string, object?> Outcome(string outcome) => new("outcome", outcome);
}

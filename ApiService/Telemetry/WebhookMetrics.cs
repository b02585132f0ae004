using System.Diagnostics.Metrics;
using Trading.Data.Webhooks;

namespace Trading.ApiService.Telemetry;

/// <summary>What came of webhooks' tries.</summary>
internal sealed class WebhookMetrics
{
    private readonly Counter<long> _tries;
    private readonly Histogram<double> _duration;

    public WebhookMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(ApiMetrics.MeterName);
        _tries = meter.CreateCounter<long>("trading.webhook.tries", "{try}", "Tries to deliver an event to a webhook.");
        _duration = meter.CreateHistogram<double>(
            "trading.webhook.duration", "s", "One try, until the answer's headers.");
        foreach (var outcome in new[] { "delivered", "retried", "dead" })
        {
            _tries.Add(0, Outcome(outcome));
        }
    }

    public void Tried(TryOutcome tried, bool isLast)
    {
        _tries.Add(1, Outcome(tried.Error is null ? "delivered" : isLast ? "dead" : "retried"));
        _duration.Record(tried.DurationMs / 1000.0);
    }

    private static KeyValuePair<string, object?> Outcome(string outcome) => new("outcome", outcome);
}

using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Trading.PricingWorker.Hosting;

namespace Trading.PricingWorker.Providers;

/// <summary>How providers answer.</summary>
internal sealed class ProviderMetrics
{
    private readonly ConcurrentBag<ProviderRecord> _watched = [];
    private readonly Counter<long> _tries;
    private readonly Counter<double> _duration;
    private readonly Counter<long> _failovers;
    private readonly Counter<long> _bars;
    private readonly Counter<long> _leftOut;

    public ProviderMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(WorkerMetrics.Name);
        _tries = meter.CreateCounter<long>("trading.provider.tries", "{try}", "Tries to ask a provider.");
        _duration = meter.CreateCounter<double>(
            "trading.provider.busy", "s", "Time that tries to ask a provider took.");
        _failovers = meter.CreateCounter<long>(
            "trading.provider.failovers", "{failover}", "Times that the next provider was asked as one had failed.");
        _bars = meter.CreateCounter<long>("trading.provider.bars", "{bar}", "Daily bars that providers gave.");
        _leftOut = meter.CreateCounter<long>(
            "trading.provider.quotes.left_out", "{quote}", "Quotes of an answer that were not taken, as they make no sense.");
        meter.CreateObservableGauge(
            "trading.provider.breaker.open", Breakers, description: "1 while a provider is left alone as it failed.");
    }

    public void Watch(ProviderRecord record) => _watched.Add(record);

    /// <summary>Shows the counters before there is anything to count, so that their first rise is one.</summary>
    public void StartCounting()
    {
        foreach (var record in _watched)
        {
            _tries.Add(0, Provider(record.Name), Outcome(null));
            _duration.Add(0, Provider(record.Name));
            _failovers.Add(0, Provider(record.Name));
            _bars.Add(0, Provider(record.Name));
            _leftOut.Add(0, Provider(record.Name));
        }
    }

    public void Asked(ProviderName name, FailureKind? failure, TimeSpan took)
    {
        _tries.Add(1, Provider(name), Outcome(failure));
        _duration.Add(took.TotalSeconds, Provider(name));
    }

    public void FailedOver(ProviderName from) => _failovers.Add(1, Provider(from));

    public void LeftOut(ProviderName name) => _leftOut.Add(1, Provider(name));

    public void Read(ProviderName name, int bars) => _bars.Add(bars, Provider(name));

    private IEnumerable<Measurement<int>> Breakers() => _watched.Select(
        record => new Measurement<int>(record.Breaker == BreakerState.Open ? 1 : 0, Provider(record.Name)));

    private static KeyValuePair<string, object?> Provider(ProviderName name) => new("provider", name.Code());

    private static KeyValuePair<string, object?> Outcome(FailureKind? failure) =>
        new("outcome", failure is { } kind ? kind.Code() : "success");
}

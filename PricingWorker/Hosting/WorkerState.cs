using System.Diagnostics.Metrics;
using Trading.PricingWorker.Bars;
using Trading.PricingWorker.Quotes;
using Trading.PricingWorker.Sharing;

namespace Trading.PricingWorker.Hosting;

/// <summary>How the worker is; looked at when the metrics are read.</summary>
internal sealed class WorkerState(
    IMeterFactory meters,
    WorkerMetrics metrics,
    WorkerLease lease,
    QuoteHeartbeat heartbeat,
    QuotePublisher publisher,
    BarIngest ingest,
    ShardLeases shards,
    QuoteLoop loop) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        metrics.StartCounting();
        var meter = meters.Create(WorkerMetrics.Name);
        meter.CreateObservableGauge("trading.quote.tick.age", Age, "s", "Time since the source was last asked.");
        Observe(meter, "trading.worker.lease.held", () => lease.IsConfirmed, "1 while this worker holds the lease.");
        Observe(meter, "trading.redis.connected", () => publisher.IsConnected, "1 while this service reaches Redis.");
        Observe(meter, "trading.ingest.failing", () => ingest.IsFailing, "1 while bars cannot be stored.");
        meter.CreateObservableGauge(
            "trading.quote.shards", () => shards.Own.Count, "{shard}", "Shards of the instruments that this worker quotes.");
        meter.CreateObservableGauge(
            "trading.quote.instruments", () => loop.Quoted.Count, "{instrument}", "Instruments that are quoted.");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static void Observe(Meter meter, string name, Func<bool> state, string meaning) =>
        meter.CreateObservableGauge(name, () => state() ? 1 : 0, description: meaning);

    private IEnumerable<Measurement<double>> Age() => heartbeat.Age is { } age ? [new(age.TotalSeconds)] : [];
}

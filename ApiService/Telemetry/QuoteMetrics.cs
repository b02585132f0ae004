using System.Diagnostics.Metrics;
using Trading.ApiService.Quotes;

namespace Trading.ApiService.Telemetry;

/// <summary>The state of the quotes; looked at when the metrics are read.</summary>
internal sealed class QuoteMetrics(
    IMeterFactory meters, ApiMetrics metrics, QuoteFeed feed, QuoteBoard board, FrameReceiver receiver) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        metrics.StartCounting();
        var meter = meters.Create(ApiMetrics.MeterName);
        meter.CreateObservableGauge("trading.quote.age", Age, "s", "Time since a newer quote arrived.");
        meter.CreateObservableGauge(
            "trading.quote.instruments", () => board.Count, "{instrument}", "Instruments on the board of quotes.");
        meter.CreateObservableGauge(
            "trading.quote.polled",
            () => feed.IsPolled ? 1 : 0,
            description: "1 while quotes are read from the worker itself, 0 while Redis brings them.");
        meter.CreateObservableGauge(
            "trading.redis.connected",
            () => receiver.Redis is { IsConnected: true } ? 1 : 0,
            description: "1 while this service reaches Redis.");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private IEnumerable<Measurement<double>> Age() => feed.SinceNews is { } age ? [new(age.TotalSeconds)] : [];
}

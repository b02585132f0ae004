using System.Diagnostics.Metrics;

namespace Trading.ApiService.Telemetry;

/// <summary>What this service counts; exported as <c>Trading.ApiService</c>.</summary>
internal sealed class ApiMetrics
{
    public const string MeterName = "Trading.ApiService";

    private readonly Histogram<double> _quoteDelay;
    private readonly UpDownCounter<long> _connections;
    private readonly Counter<long> _sent;
    private readonly Counter<long> _conflated;

    public ApiMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _quoteDelay = meter.CreateHistogram<double>(
            "trading.quote.delay", "s", "From the source's time stamp to the board.");
        _connections = meter.CreateUpDownCounter<long>(
            "trading.stream.connection.active", "{connection}", "Open WebSockets.");
        _sent = meter.CreateCounter<long>(
            "trading.stream.message.sent", "{message}", "Price updates written to WebSockets.");
        _conflated = meter.CreateCounter<long>(
            "trading.stream.message.conflated",
            "{message}",
            "Price updates that a newer one of the same ticker replaced.");
    }

    /// <summary>Shows the counters before there is anything to count, so that their first rise is one.</summary>
    public void StartCounting()
    {
        _connections.Add(0);
        _sent.Add(0);
        _conflated.Add(0);
    }

    public void QuoteArrived(TimeSpan delay) => _quoteDelay.Record(Math.Max(delay.TotalSeconds, 0));

    public void ConnectionOpened() => _connections.Add(1);

    public void ConnectionClosed() => _connections.Add(-1);

    public void Sent(int messages) => _sent.Add(messages);

    public void Conflated(int messages) => _conflated.Add(messages);
}

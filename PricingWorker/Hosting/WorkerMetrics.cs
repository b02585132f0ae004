using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Trading.PricingWorker.Hosting;

internal sealed class WorkerMetrics
{
    public const string Name = "Trading.PricingWorker";

    private readonly Meter _meter;

    public WorkerMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(Name);
        QuotesPublished = _meter.CreateCounter<long>(
            "trading.quote.published", "{quote}", "Quotes that Redis took.");
        QuotesDiscarded = _meter.CreateCounter<long>(
            "trading.quote.discarded", "{quote}", "Quotes too late, unsound or of no known instrument: in no bar.");
        FramesLost = _meter.CreateCounter<long>(
            "trading.quote.frame.lost", "{frame}", "Frames dropped as the backlog was full.");
        BarsWritten = _meter.CreateCounter<long>("trading.bar.written", "{bar}", "Bars stored or updated.");
        IngestLag = _meter.CreateHistogram<double>(
            "trading.ingest.lag", "s", "From the tick to its bars being stored.");
    }

    public static ActivitySource Activities { get; } = new(Name);

    public Counter<long> QuotesPublished { get; }

    public Counter<long> QuotesDiscarded { get; }

    public Counter<long> FramesLost { get; }

    public Counter<long> BarsWritten { get; }

    public Histogram<double> IngestLag { get; }

    /// <summary>Shows the counters before there is anything to count, so that their first rise is one.</summary>
    public void StartCounting()
    {
        QuotesPublished.Add(0);
        QuotesDiscarded.Add(0);
        FramesLost.Add(0);
        BarsWritten.Add(0);
    }

    public void ObserveBacklog(Func<long> frames) =>
        _meter.CreateObservableGauge("trading.quote.backlog", frames, "{frame}", "Frames that wait for Redis.");
}

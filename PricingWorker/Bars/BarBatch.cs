using System.Diagnostics;
using Trading.Data.Bars;
using Trading.PricingWorker.Hosting;

namespace Trading.PricingWorker.Bars;

/// <summary>The entries since the last save, and what they do to the bars.</summary>
internal sealed class BarBatch(
    OpenBars open, string? checkpoint, BarStore bars, TickStream stream, WorkerMetrics metrics, TimeProvider time)
{
    private readonly StreamId _start = StreamId.Parse(checkpoint);
    private readonly List<string> _ids = [];
    private readonly List<InstrumentBar> _minutes = [];
    private readonly List<InstrumentBar> _days = [];
    private string? _stored = checkpoint;
    private string? _last;
    private DateTime _newestTick;

    public int Count => _ids.Count;

    public async Task AddAsync(TickEntry entry, CancellationToken cancellationToken)
    {
        _ids.Add(entry.Id);
        if (entry.Frame is null || !StreamId.Parse(entry.Id).IsAfter(_start))
        {
            return;
        }

        await open.PrepareAsync(entry.Frame, cancellationToken);
        metrics.QuotesDiscarded.Add(open.Apply(entry.Frame, out var utc));
        _newestTick = utc ?? _newestTick;
        _last = entry.Id;
    }

    /// <summary>Stores the bars and how far they reach, and only then tells the stream.</summary>
    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        await StoreAsync(cancellationToken);
        await stream.AcknowledgeAsync(_ids, cancellationToken);
        _ids.Clear();
    }

    /// <summary>Stores without telling the stream: enough where the stream is gone.</summary>
    public async Task StoreAsync(CancellationToken cancellationToken)
    {
        if (_last is null)
        {
            return;
        }

        using var activity = WorkerMetrics.Activities.StartActivity("bars.save", ActivityKind.Consumer);
        open.TakeChanged(_minutes, _days);
        if (!await bars.TrySaveBatchAsync(_minutes, _days, TickStream.Key, _stored, _last, cancellationToken))
        {
            throw new InvalidOperationException("Another worker has stored since; what this one has is stale.");
        }

        (_stored, _last) = (_last, null);
        activity?.SetTag("trading.tick.count", _ids.Count);
        activity?.SetTag("trading.bar.count", _minutes.Count + _days.Count);
        metrics.BarsWritten.Add(_minutes.Count + _days.Count);
        metrics.IngestLag.Record(Math.Max(0, (time.GetUtcNow().UtcDateTime - _newestTick).TotalSeconds));
        _minutes.Clear();
        _days.Clear();
    }
}

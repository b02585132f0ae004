using Microsoft.Extensions.Options;
using Trading.Domain.Market;
using Trading.PricingWorker.Bars;
using Trading.PricingWorker.Sharing;
using Trading.PricingWorker.Sources;

namespace Trading.PricingWorker.Quotes;

/// <summary>Asks the source for changed quotes at a steady pace and hands them on; it waits for nobody.</summary>
internal sealed partial class QuoteLoop(
    QuotedUniverse universe,
    IQuoteSource source,
    FrameSequence sequence,
    LatestQuotes latest,
    FrameBacklog backlog,
    TickStream stream,
    ShardLeases shards,
    QuoteHeartbeat heartbeat,
    IOptions<QuoteOptions> options,
    TimeProvider time,
    ILogger<QuoteLoop> logger) : BackgroundService
{
    private byte[] _buffer = [];
    private OwnShards _own = OwnShards.None;
    private OwnShards? _prepared;
    private IReadOnlySet<string> _quoted = new HashSet<string>();

    /// <summary>The tickers that are quoted; another set when they change.</summary>
    public IReadOnlySet<string> Quoted => Volatile.Read(ref _quoted);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await universe.Changes.WaitToReadAsync(stoppingToken);
        await ContinueSequenceAsync(stoppingToken);
        var outlet = new QuoteOutlet(Publish);
        using var timer = new PeriodicTimer(options.Value.TickPeriod, time);
        do
        {
            TakeChanges(outlet);
            _own = shards.Own;
            source.Tick(time.GetUtcNow().UtcDateTime, outlet);
            heartbeat.Beat();
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task ContinueSequenceAsync(CancellationToken cancellationToken)
    {
        try
        {
            sequence.RaiseTo(await stream.NewestSequenceAsync(cancellationToken));
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            LogSequenceUnread(error.Message);
        }
    }

    private void TakeChanges(QuoteOutlet outlet)
    {
        while (universe.Changes.TryRead(out var change))
        {
            source.Update(change);
            latest.Remove(change.Removed);
            _prepared = change.Own;
            outlet.Resize(change.Quoted.Count);
            _buffer = new byte[QuoteFrame.HeaderLength + (change.Quoted.Count * QuoteFrame.MaxQuoteLength)];
            Volatile.Write(ref _quoted, change.Quoted);
        }
    }

    private void Publish(DateTime utc, BarSource from, bool stale, ReadOnlySpan<Quote> quotes)
    {
        if (!ReferenceEquals(_own, _prepared) || !_own.HoldsAll())
        {
            quotes = Held(quotes);
        }

        if (quotes.IsEmpty)
        {
            return;
        }

        var number = sequence.Next(time.GetUtcNow().UtcDateTime);
        latest.Update(utc, from, stale, quotes);
        var length = QuoteFrame.Write(_buffer, number, utc, from, quotes, stale);
        backlog.Add(new TickFrame(number, quotes.Length, _buffer[..length], _own.Fences));
    }

    // A lease has run out, was given away or is another, and the source does not know yet: another worker may quote these
    // now, or has done so.
    private Quote[] Held(ReadOnlySpan<Quote> quotes)
    {
        var held = new List<Quote>(quotes.Length);
        foreach (ref readonly var quote in quotes)
        {
            if (_own.Holds(quote.Ticker) && _own.HasSince(_prepared, quote.Ticker))
            {
                held.Add(quote);
            }
        }

        return [.. held];
    }

    [LoggerMessage(LogLevel.Warning, "Redis does not say the last sequence ({Reason}); it goes on from the clock.")]
    private partial void LogSequenceUnread(string reason);
}

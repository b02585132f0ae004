using Microsoft.Extensions.Options;
using Trading.Domain.Market;
using Trading.PricingWorker.Bars;
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
    QuoteHeartbeat heartbeat,
    IOptions<QuoteOptions> options,
    TimeProvider time,
    ILogger<QuoteLoop> logger) : BackgroundService
{
    private Quote[] _changed = [];
    private byte[] _buffer = [];
    private IReadOnlySet<string> _quoted = new HashSet<string>();

    /// <summary>The tickers that are quoted; another set when they change.</summary>
    public IReadOnlySet<string> Quoted => Volatile.Read(ref _quoted);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await universe.Changes.WaitToReadAsync(stoppingToken);
        await ContinueSequenceAsync(stoppingToken);
        using var timer = new PeriodicTimer(options.Value.TickPeriod, time);
        do
        {
            TakeChanges();
            Tick(time.GetUtcNow().UtcDateTime);
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

    private void TakeChanges()
    {
        while (universe.Changes.TryRead(out var change))
        {
            source.Update(change);
            latest.Remove(change.Removed);
            _changed = new Quote[change.Quoted.Count];
            _buffer = new byte[QuoteFrame.HeaderLength + (_changed.Length * QuoteFrame.MaxQuoteLength)];
            Volatile.Write(ref _quoted, change.Quoted);
        }
    }

    private void Tick(DateTime utc)
    {
        var changed = _changed.AsSpan(0, source.Tick(utc, _changed));
        heartbeat.Beat();
        if (changed.IsEmpty)
        {
            return;
        }

        var number = sequence.Next(utc);
        latest.Update(utc, source.Source, changed);
        var length = QuoteFrame.Write(_buffer, number, utc, source.Source, changed);
        backlog.Add(new TickFrame(number, changed.Length, _buffer[..length]));
    }

    [LoggerMessage(LogLevel.Warning, "Redis does not say the last sequence ({Reason}); it goes on from the clock.")]
    private partial void LogSequenceUnread(string reason);
}

using Microsoft.Extensions.Options;
using Trading.Data.Bars;
using Trading.Data.Instruments;
using Trading.Data.Jobs;
using Trading.Domain.Calendars;
using Trading.Domain.Market;
using Trading.PricingWorker.Jobs;
using Trading.PricingWorker.Sources;

namespace Trading.PricingWorker.Providers.History;

/// <summary>
/// Fetches the sessions that are over and not stored yet, many instruments at a time.
/// </summary>
internal sealed class HistoryFetch(
    ProviderCatalog catalog,
    InstrumentStore instruments,
    BarStore bars,
    IOptions<ProviderOptions> options,
    IOptions<QuoteOptions> quotes,
    HistoryStore store,
    TimeProvider time)
{
    // As many as are held in memory before they are stored.
    private const int AtOnce = 64;

    // A correction, or an action that is told late, is taken over with what is new.
    private const int OverlapDays = 7;

    /// <param name="of">Only instruments that are listed there; null for all.</param>
    /// <param name="job">On whose behalf; nothing is stored once it is another worker's.</param>
    /// <param name="progress">Is told of instruments done.</param>
    /// <param name="cancellationToken">Gives up; what is stored stays.</param>
    /// <returns>How many bars are new or changed.</returns>
    /// <exception cref="ProviderException">Sessions were due, and nothing of them could be had.</exception>
    public async Task<long> RunAsync(
        Exchange? of, ClaimedJob job, JobProgress progress, CancellationToken cancellationToken)
    {
        var all = await DueAsync(of, cancellationToken);
        var (stored, done, fetched) = (0L, 0, 0);
        HistoryFailure? last = null;
        foreach (var some in all.Chunk(AtOnce))
        {
            progress.Report(done, all.Count);
            var outcome = await store.FetchAsync(some, job, cancellationToken);
            stored += outcome.Stored;
            fetched += some.Length - outcome.Failures.Count;
            last = outcome.Failures.LastOrDefault(failure => failure.Kind != FailureKind.NotFound) ?? last;
            done += some.Length;
        }

        progress.Report(done, all.Count);
        return fetched > 0 || last is null ? stored : throw new ProviderException(last.Kind, last.Reason);
    }

    private async Task<List<HistoryDue>> DueAsync(Exchange? of, CancellationToken cancellationToken)
    {
        var listed = await instruments.AllAsync(cancellationToken);
        var last = await bars.LastImportedAsync(cancellationToken);
        var now = time.GetUtcNow().UtcDateTime;
        return
        [
            .. from instrument in listed.Concat(Watched(listed))
               where of is null || instrument.Exchange == of.Code
               where !instrument.Synthetic && quotes.Value.Selects(instrument.Ticker) && HasHistory(instrument)
               let due = DueOf(instrument, last.TryGetValue(instrument.Id, out var at) ? at : null, now)
               where due is not null
               select due,
        ];
    }

    private IEnumerable<Instrument> Watched(IReadOnlyList<Instrument> listed)
    {
        foreach (var text in ProviderOrder.Split(options.Value.Watch))
        {
            if (WatchedInstrument.TryParse(text, out var watched)
                && listed.All(known => known.Ticker != watched.Ticker))
            {
                yield return watched;
            }
        }
    }

    private bool HasHistory(Instrument instrument) =>
        catalog.Of(instrument.ClassOf()).Able(ProviderAbilities.DailyBars).Any(provider => provider.Covers(instrument));

    private HistoryDue? DueOf(Instrument instrument, DateTime? stored, DateTime utc)
    {
        if (!Exchange.TryFind(instrument.Exchange, out var exchange))
        {
            return null;
        }

        var to = TradingCalendar.Of(exchange).LastCompleted(utc);
        if (stored is not { } close)
        {
            return new HistoryDue(instrument, exchange, to.AddYears(-options.Value.HistoryYears), to);
        }

        // A market that never closes ends its session at midnight, which is the next date already.
        var newest = exchange.DateAt(close.AddTicks(-1));
        return newest < to ? new HistoryDue(instrument, exchange, newest.AddDays(-OverlapDays), to) : null;
    }
}

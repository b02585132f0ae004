using Trading.Data.Backfills;
using Trading.Data.Instruments;
using Trading.Data.Jobs;
using Trading.Domain.Market;
using Trading.PricingWorker.Jobs;
using Trading.PricingWorker.Providers;
using Trading.PricingWorker.Providers.History;

namespace Trading.PricingWorker.Backfills;

/// <summary>
/// Fetches a range of sessions of many instruments, some at a time. How far it is is saved after each step, so that
/// whoever takes it over goes on there; what a step stored before it was cut off is stored again with no effect.
/// </summary>
internal sealed class BackfillJobs(HistoryStore history, InstrumentStore instruments, JobQueue queue) : IJobHandler
{
    private const int AtOnce = 16;

    public string Kind => BackfillSpec.JobKind;

    public JobLane Lane => JobLane.Backfill;

    public async Task RunAsync(ClaimedJob job, JobProgress progress, CancellationToken cancellationToken)
    {
        var spec = BackfillSpec.Read(job.Payload);
        var cursor = BackfillCursor.Read(job.Cursor);
        var listed = (await instruments.AllAsync(cancellationToken)).ToDictionary(known => known.Ticker);
        while (cursor.Next < spec.Tickers.Count)
        {
            string[] some = [.. spec.Tickers.Skip(cursor.Next).Take(AtOnce)];
            var outcome = await FetchAsync(spec, some, listed, job, cancellationToken);
            cursor = cursor.After(
                some.Length,
                outcome.Stored,
                [.. outcome.Failures.Select(failure => new BackfillFailure(failure.Ticker, failure.Reason))]);
            await queue.AdvanceAsync(job, cursor.Write(), cursor.Next, spec.Tickers.Count, cancellationToken);
            progress.Advanced(cursor.Next, spec.Tickers.Count);
        }

        await queue.CompleteAsync(job, cancellationToken);
    }

    /// <exception cref="ProviderException">None of them could be had, and that may pass.</exception>
    private async Task<HistoryOutcome> FetchAsync(
        BackfillSpec spec,
        string[] some,
        Dictionary<string, Instrument> listed,
        ClaimedJob job,
        CancellationToken cancellationToken)
    {
        HistoryDue[] due = [.. some.Select(ticker => DueOf(spec, ticker, listed)).OfType<HistoryDue>()];
        var outcome = await history.FetchAsync(due, job, cancellationToken);
        if (outcome.Failures.Count == due.Length
            && outcome.Failures.LastOrDefault(failure => MayPass(failure.Kind)) is { } last)
        {
            throw new ProviderException(last.Kind, last.Reason);
        }

        return outcome with
        {
            Failures =
            [
                .. outcome.Failures,
                .. some.Except(due.Select(one => one.Instrument.Ticker)).Select(ticker =>
                    new HistoryFailure(ticker, FailureKind.NotFound, "It is not listed any more.")),
            ],
        };
    }

    private static HistoryDue? DueOf(BackfillSpec spec, string ticker, Dictionary<string, Instrument> listed)
    {
        if (!listed.TryGetValue(ticker, out var instrument)
            && !WatchedInstrument.TryParse($"{ticker}@{spec.Exchange}", out instrument))
        {
            return null;
        }

        return Exchange.TryFind(instrument.Exchange, out var exchange)
            ? new HistoryDue(instrument, exchange, spec.From, spec.To)
            : null;
    }

    private static bool MayPass(FailureKind kind) => kind is FailureKind.Transient or FailureKind.RateLimited;
}

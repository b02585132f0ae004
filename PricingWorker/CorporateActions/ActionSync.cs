using System.Text.Json;
using Microsoft.Extensions.Options;
using Trading.Data.CorporateActions;
using Trading.Data.Instruments;
using Trading.Data.Jobs;
using Trading.Domain.Calendars;
using Trading.Domain.Market;
using Trading.PricingWorker.Jobs;
using Trading.PricingWorker.Providers;

namespace Trading.PricingWorker.CorporateActions;

/// <summary>
/// Asks the providers for every split and dividend of the years that are kept, and takes over what is new. What is known
/// already is not written again, so it may be done any number of times.
/// </summary>
internal sealed partial class ActionSync(
    ProviderCatalog catalog,
    InstrumentStore instruments,
    ActionStore actions,
    JobQueue queue,
    IOptions<ProviderOptions> options,
    TimeProvider time,
    ILogger<ActionSync> logger) : IJobHandler
{
    // The providers' own limits hold besides.
    private const int AtOnce = 16;

    public string Kind => ActionSyncJob.Kind;

    public JobLane Lane => JobLane.Upkeep;

    public async Task RunAsync(ClaimedJob job, JobProgress progress, CancellationToken cancellationToken)
    {
        var due = await DueAsync(job, cancellationToken);
        var (done, failed, changed) = (0L, 0, 0L);
        foreach (var some in due.Chunk(AtOnce))
        {
            var counts = await Task.WhenAll(some.Select(each => TrySyncAsync(each, job, cancellationToken)));
            failed += counts.Count(count => count is null);
            changed += counts.Sum(count => count ?? 0);
            progress.Report(done += some.Length, due.Count);
        }

        if (failed > 0 && failed == due.Count)
        {
            throw new InvalidOperationException($"No provider told of any of {due.Count} instruments.");
        }

        LogDone(due.Count, failed, changed);
        await queue.CompleteAsync(job, cancellationToken);
    }

    /// <returns>How many actions are new or changed; null where no provider answered.</returns>
    /// <exception cref="JobLostException">The job is another worker's by now; nothing is stored.</exception>
    public async Task<long?> TrySyncAsync(
        Instrument instrument, ClaimedJob job, CancellationToken cancellationToken)
    {
        if (!Exchange.TryFind(instrument.Exchange, out var exchange))
        {
            return 0;
        }

        var to = TradingCalendar.Of(exchange).LastCompleted(time.GetUtcNow().UtcDateTime);
        try
        {
            var (provider, history) = await catalog.Of(instrument.ClassOf()).ReadDailyAsync(
                instrument,
                to.AddYears(-options.Value.HistoryYears),
                to,
                cancellationToken,
                ProviderAbilities.Actions);
            var (added, changed) = await actions.StoreAsync(
                instrument.Id,
                history.Actions,
                provider.Code(),
                cancellationToken,
                (connection, token) => JobQueue.ConfirmAsync(connection, job, token));
            return added + changed;
        }
        catch (ProviderException failure)
        {
            LogFailed(instrument.Ticker, failure.Kind, failure.Message);
            return null;
        }
    }

    private async Task<List<Instrument>> DueAsync(ClaimedJob job, CancellationToken cancellationToken)
    {
        using var payload = JsonDocument.Parse(job.Payload);
        var asked = payload.RootElement.TryGetProperty("tickers", out var tickers)
            && tickers.ValueKind == JsonValueKind.Array
            ? tickers.EnumerateArray().Select(ticker => ticker.GetString()).ToHashSet()
            : null;
        var listed = await instruments.AllAsync(cancellationToken);
        return
        [
            .. listed.Where(instrument => !instrument.Synthetic && instrument.ClassOf() == AssetClass.Equity
                && asked?.Contains(instrument.Ticker) != false
                && catalog.Of(AssetClass.Equity).Able(ProviderAbilities.Actions).Any(one => one.Covers(instrument))),
        ];
    }

    [LoggerMessage(LogLevel.Warning, "No provider tells of the actions of {Ticker} ({Kind}: {Reason})")]
    private partial void LogFailed(string ticker, FailureKind kind, string reason);

    [LoggerMessage(
        LogLevel.Information,
        "The actions of {Instruments} instruments were asked for: {Failed} without an answer, {Changed} new or changed.")]
    private partial void LogDone(int instruments, int failed, long changed);
}

using Trading.Data.Import;
using Trading.Data.Jobs;
using Trading.Domain.Market;
using Trading.PricingWorker.Hosting;

namespace Trading.PricingWorker.Providers.History;

/// <summary>Sessions of an instrument that are wanted, both dates included.</summary>
internal sealed record HistoryDue(Instrument Instrument, Exchange Exchange, DateOnly From, DateOnly To);

/// <summary>An instrument whose sessions no provider gave.</summary>
internal sealed record HistoryFailure(string Ticker, FailureKind Kind, string Reason);

/// <param name="Stored">Bars new or changed.</param>
/// <param name="Failures">What could not be had.</param>
internal sealed record HistoryOutcome(long Stored, IReadOnlyList<HistoryFailure> Failures);

/// <summary>Asks providers for sessions of several instruments at once, and stores them by the rules of an import.</summary>
internal sealed partial class HistoryStore(ProviderCatalog catalog, BarImporter importer, ILogger<HistoryStore> logger)
{
    public async Task<HistoryOutcome> FetchAsync(
        IReadOnlyList<HistoryDue> some, ClaimedJob job, CancellationToken cancellationToken)
    {
        using var activity = WorkerMetrics.Activities.StartActivity("history.fetch");
        activity?.SetTag("trading.instrument.count", some.Count);
        var answers = await Task.WhenAll(some.Select(due => FetchAsync(due, cancellationToken)));
        var fetched = answers.Where(answer => answer.History is { } history && history.Bars.Count + history.Actions.Count > 0);
        var stored = 0L;
        foreach (var alike in fetched.GroupBy(answer => (answer.Provider, answer.Due.Exchange)))
        {
            stored += await StoreAsync(alike.Key.Provider, alike.Key.Exchange, [.. alike], job, cancellationToken);
        }

        return new HistoryOutcome(stored, [.. answers.Select(answer => answer.Failure).OfType<HistoryFailure>()]);
    }

    private async Task<Answer> FetchAsync(HistoryDue due, CancellationToken cancellationToken)
    {
        try
        {
            var (provider, history) = await catalog.Of(due.Instrument.ClassOf())
                .ReadDailyAsync(due.Instrument, due.From, due.To, cancellationToken);
            return new Answer(due, provider, history, null);
        }
        catch (ProviderException failure)
        {
            LogFailed(due.Instrument.Ticker, failure.Kind, failure.Message);
            return new Answer(
                due, default, null, new HistoryFailure(due.Instrument.Ticker, failure.Kind, failure.Message));
        }
    }

    private async Task<long> StoreAsync(
        ProviderName provider,
        Exchange exchange,
        IReadOnlyList<Answer> fetched,
        ClaimedJob job,
        CancellationToken cancellationToken)
    {
        var report = await importer.StoreAsync(
            provider.Code(),
            exchange,
            [.. fetched.Select(one => new ProvidedSeries(
                one.Due.Instrument.Ticker,
                [.. one.History!.Bars.Select(bar => (bar.Session, bar.Bar))],
                one.History.Actions)
            {
                Currency = one.Due.Instrument.Currency,
            })],
            cancellationToken,
            (connection, token) => JobQueue.ConfirmAsync(connection, job, token));
        LogStored(
            provider, fetched.Count, report.Stored, report.Updated, report.Rejected, report.Quarantined);
        return report.Stored + report.Updated;
    }

    private sealed record Answer(
        HistoryDue Due, ProviderName Provider, ProviderHistory? History, HistoryFailure? Failure);

    [LoggerMessage(
        LogLevel.Warning, "No provider gives the sessions of {Ticker} ({Kind}: {Reason}); they are asked for again.")]
    private partial void LogFailed(string ticker, FailureKind kind, string reason);

    [LoggerMessage(
        LogLevel.Information,
        "{Provider} gave the sessions of {Instruments} instruments: {Stored} bars new, {Updated} changed, "
        + "{Rejected} rejected, {Quarantined} quarantined.")]
    private partial void LogStored(
        ProviderName provider, int instruments, long stored, long updated, int rejected, int quarantined);
}

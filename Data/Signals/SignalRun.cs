using Npgsql;
using Trading.Data.Bars;
using Trading.Data.CorporateActions;
using Trading.Domain.Market;
using Trading.Domain.Signals;

namespace Trading.Data.Signals;

/// <summary>
/// Follows the closed bars of an interval: ends signals, makes new ones, finds anomalies and stores all of it, of each
/// bar once, whoever else does the same at the same time.
/// </summary>
public sealed class SignalRun(NpgsqlDataSource database, TimeProvider time)
{
    /// <summary>A bar that closed longer ago is past: what is made of it is no news.</summary>
    public static readonly TimeSpan LiveAge = TimeSpan.FromHours(1);

    private readonly SignalSource _source = new(database);
    private readonly ActionStore _actions = new(database);
    private readonly SignalWriter _writer = new(database);
    private readonly SignalConfidence _confidence = new(database);

    /// <summary>Takes every bar that closed before an instant and was not followed yet.</summary>
    /// <param name="interval">The interval of the bars.</param>
    /// <param name="instruments">Only these; null for all.</param>
    /// <param name="until">Bars that close later still move.</param>
    public async Task<SignalRunResult> RunAsync(
        BarInterval interval, int[]? instruments, DateTime until, CancellationToken cancellationToken)
    {
        var seen = time.GetTimestamp();
        var due = await _source.FindDueAsync(interval, instruments, until, cancellationToken);
        if (due.Count == 0)
        {
            return SignalRunResult.Nothing;
        }

        var changes = await FollowAsync(
            new(interval, until, time.GetUtcNow().UtcDateTime - LiveAge), due, cancellationToken);
        await _confidence.AssignAsync(interval, changes, cancellationToken);
        var now = time.GetUtcNow().UtcDateTime;
        var latency = time.GetElapsedTime(seen).TotalMilliseconds;
        var rows = changes
            .SelectMany(change => change.Made, (change, made) =>
                SignalRows.Of(made, change.Instrument, interval, now, latency))
            .ToList();
        var news = new List<SignalNews>();
        var (stored, added) = await _writer.StoreAsync(
            interval,
            changes,
            rows,
            now,
            async (connection, stored, added, cancel) =>
            {
                news = SignalOutbox.NewsOf(interval, stored, added, now - LiveAge);
                await SignalOutbox.AddAsync(connection, news, now, cancel);
            },
            cancellationToken);
        return ResultOf(stored, added, news);
    }

    /// <summary>
    /// Fits the curve of confidence anew where enough has resolved since the last; the signals of the next bars are
    /// read from it.
    /// </summary>
    public Task RefitAsync(BarInterval interval, CancellationToken cancellationToken) =>
        _confidence.RefitAsync(interval, time.GetUtcNow().UtcDateTime, cancellationToken);

    private async Task<IReadOnlyList<SignalChanges>> FollowAsync(
        SignalWindow window, List<DueInstrument> due, CancellationToken cancellationToken)
    {
        var active = await _source.ReadActiveAsync(
            window.Interval, [.. due.Select(instrument => instrument.Id)], cancellationToken);
        var parts = due.GroupBy(instrument => instrument.Followed is null)
            .SelectMany(group => group.Chunk(Math.Max(1, (group.Count() / Environment.ProcessorCount) + 1)));
        var changes = await Task.WhenAll(parts.Select(part => Task.Run(
            () => FollowAsync(window, part, active, cancellationToken), cancellationToken)));
        return [.. changes.SelectMany(part => part).OrderBy(change => change.Instrument.Id)];
    }

    private async Task<List<SignalChanges>> FollowAsync(
        SignalWindow window,
        DueInstrument[] part,
        Dictionary<int, ActiveRow> active,
        CancellationToken cancellationToken)
    {
        var most = part[0].Followed is null ? MostBars(window.Interval) : SignalSource.TailBars;
        var ids = part.Select(instrument => instrument.Id).ToArray();
        var bars = await _source.ReadBarsAsync(window.Interval, ids, most, window.Until, cancellationToken);
        var actions = await _actions.ReadAsync(ids, cancellationToken);
        var changes = new List<SignalChanges>(part.Length);
        foreach (var instrument in part.Where(instrument => bars.ContainsKey(instrument.Id)))
        {
            var signal = active.GetValueOrDefault(instrument.Id);
            var missed = await ReadMissedAsync(window, instrument, signal, bars[instrument.Id], cancellationToken);
            var change = SignalComputation.Run(
                instrument,
                missed ?? bars[instrument.Id],
                actions.Actions[instrument.Id],
                window.Interval.IsDaily ? actions.Bases[instrument.Id] : [],
                signal,
                window);
            changes.Add(missed is null ? change : change with { IsPast = true });
        }

        return changes;
    }

    /// <summary>
    /// The bars from before all that was missed, of one instrument at a time as they may be many; null in the usual
    /// case, where the newest reach back far enough.
    /// </summary>
    private async Task<PriceColumns?> ReadMissedAsync(
        SignalWindow window,
        DueInstrument instrument,
        ActiveRow? active,
        PriceColumns newest,
        CancellationToken cancellationToken)
    {
        if (instrument.Followed is not { } since || newest.Times.Length < SignalSource.TailBars)
        {
            return null;
        }

        since = active?.Signal.Time < since ? active.Signal.Time : since;
        if (newest.Times.Count(time => time < since) >= SignalRules.Settling)
        {
            return null;
        }

        var most = await _source.CountSinceAsync(
            window.Interval, instrument.Id, since, window.Until, cancellationToken);
        var bars = await _source.ReadBarsAsync(
            window.Interval, [instrument.Id], most, window.Until, cancellationToken);
        return bars.GetValueOrDefault(instrument.Id);
    }

    /// <summary>What a new instrument's past is made of: ten years of days, or as many bars as are followed.</summary>
    private static int MostBars(BarInterval interval) => interval.IsDaily ? 2600 : SignalSource.TailBars;

    private static SignalRunResult ResultOf(
        IReadOnlyList<SignalChanges> stored, IReadOnlyList<SignalRow> added, List<SignalNews> news)
    {
        var resolved = stored.Where(change => change.Ended is not null).Select(change => change.Ended!.State)
            .Concat(added.Where(row => row.State is not SignalState.Active).Select(row => row.State))
            .CountBy(state => state).ToDictionary();
        return new SignalRunResult(
            stored.Count,
            added.Count(row => !row.Backfilled),
            added.Count(row => row.Backfilled),
            resolved,
            stored.Sum(change => change.Anomalies.Count),
            news);
    }
}

using Npgsql;
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

        var changes = await FollowAsync(interval, due, until, cancellationToken);
        await _confidence.AssignAsync(interval, changes, cancellationToken);
        var now = time.GetUtcNow().UtcDateTime;
        var latency = time.GetElapsedTime(seen).TotalMilliseconds;
        var rows = changes
            .SelectMany(change => change.Made, (change, made) =>
                SignalRows.Of(made, change.Instrument, interval, now, latency))
            .ToList();
        var news = new List<SignalNews>();
        var stored = await _writer.StoreAsync(
            interval,
            changes,
            rows,
            now,
            async (connection, taken, cancel) =>
            {
                news = SignalOutbox.NewsOf(interval, changes, rows, taken, now - LiveAge);
                await SignalOutbox.AddAsync(connection, news, now, cancel);
            },
            cancellationToken);
        var result = ResultOf(changes, rows, news, stored);
        if (result.Resolved.Count > 0)
        {
            await _confidence.RefitAsync(interval, now, cancellationToken);
        }

        return result;
    }

    private async Task<IReadOnlyList<SignalChanges>> FollowAsync(
        BarInterval interval, List<DueInstrument> due, DateTime until, CancellationToken cancellationToken)
    {
        var liveSince = time.GetUtcNow().UtcDateTime - LiveAge;
        var active = await _source.ReadActiveAsync(
            interval, [.. due.Select(instrument => instrument.Id)], cancellationToken);
        var parts = due.GroupBy(instrument => instrument.Followed is null)
            .SelectMany(group => group.Chunk(Math.Max(1, (group.Count() / Environment.ProcessorCount) + 1)));
        var changes = await Task.WhenAll(parts.Select(part => Task.Run(
            () => FollowAsync(interval, part, active, until, liveSince, cancellationToken), cancellationToken)));
        return [.. changes.SelectMany(part => part).OrderBy(change => change.Instrument.Id)];
    }

    private async Task<List<SignalChanges>> FollowAsync(
        BarInterval interval,
        DueInstrument[] part,
        Dictionary<int, ActiveRow> active,
        DateTime until,
        DateTime liveSince,
        CancellationToken cancellationToken)
    {
        var most = part[0].Followed is null ? MostBars(interval) : SignalSource.TailBars;
        var ids = part.Select(instrument => instrument.Id).ToArray();
        var histories = await _source.ReadBarsAsync(interval, ids, most, until, cancellationToken);
        return
        [
            .. part.Where(instrument => histories.ContainsKey(instrument.Id)).Select(instrument => SignalComputation.Run(
                instrument, histories[instrument.Id], active.GetValueOrDefault(instrument.Id), liveSince)),
        ];
    }

    /// <summary>What a new instrument's past is made of: ten years of days, or as many bars as are followed.</summary>
    private static int MostBars(BarInterval interval) => interval.IsDaily ? 2600 : SignalSource.TailBars;

    private static SignalRunResult ResultOf(
        IReadOnlyList<SignalChanges> changes, List<SignalRow> rows, List<SignalNews> news, HashSet<int> stored)
    {
        var own = changes.Where(change => stored.Contains(change.Instrument.Id)).ToList();
        var added = rows.Where(row => stored.Contains(row.InstrumentId)).ToList();
        var resolved = own.Where(change => change.Ended is not null).Select(change => change.Ended!.State)
            .Concat(added.Where(row => row.State is not SignalState.Active).Select(row => row.State))
            .CountBy(state => state).ToDictionary();
        return new SignalRunResult(
            own.Count,
            added.Count(row => !row.Backfilled),
            added.Count(row => row.Backfilled),
            resolved,
            own.Sum(change => change.Anomalies.Count),
            news);
    }
}

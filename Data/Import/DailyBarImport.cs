using Npgsql;
using Trading.Data.Bars;

namespace Trading.Data.Import;

/// <summary>Judges the rows of a file of bars and stores the sound ones.</summary>
internal static class DailyBarImport
{
    public static async Task<ImportReport> RunAsync(
        NpgsqlConnection connection,
        ImportWork work,
        List<RowRejection> rejections,
        CancellationToken cancellationToken)
    {
        var tickers = work.File.Tickers;
        var known = await InstrumentResolver.FindAsync(
            connection, tickers.Select(rows => rows.Ticker), work.Exchange, cancellationToken);
        var history = await HistoryReader.ReadAsync(connection, tickers, known, cancellationToken);
        var accepted = tickers
            .Select(rows => (rows.Ticker, Bars: SeriesCheck.Run(
                rows, history.GetValueOrDefault(rows.Ticker, StoredHistory.None), rejections)))
            .Where(series => series.Bars.Count > 0)
            .ToList();
        var introduced = accepted.Select(series => series.Ticker)
            .Union(tickers.Where(rows => rows.Actions.Count > 0).Select(rows => rows.Ticker));
        var created = await InstrumentResolver.CreateMissingAsync(
            connection,
            known,
            introduced,
            work.Exchange,
            cancellationToken,
            tickers.ToDictionary(rows => rows.Ticker, rows => rows.Currency));

        var series = accepted.ConvertAll(rows => DatedSeries.Create(known[rows.Ticker], rows.Bars));
        var counts = await StoreAsync(connection, work, series, cancellationToken);
        var actions = await ActionImport.StoreAsync(connection, tickers, known, work.FileName, cancellationToken);
        await BasisImport.RunAsync(connection, work, series, cancellationToken);
        return work.Report(counts, rejections) with
        {
            InstrumentsCreated = created,
            Actions = actions.Stored + actions.Updated,
        };
    }

    /// <summary>
    /// Instruments without a bar in the time span of their rows take the fast way, straight into the table;
    /// the others are merged.
    /// </summary>
    private static async Task<MergeCounts> StoreAsync(
        NpgsqlConnection connection, ImportWork work, List<DatedSeries> series, CancellationToken cancellationToken)
    {
        var occupied = work.MayCopyDirectly
            ? await HistoryReader.OccupiedAsync(connection, series, cancellationToken)
            : series.Select(one => one.InstrumentId).ToHashSet();
        var fresh = series.Where(one => !occupied.Contains(one.InstrumentId)).OrderBy(one => one.InstrumentId).ToList();
        var merged = series.Where(one => occupied.Contains(one.InstrumentId)).ToList();
        var rows = new RowCounter(work.Progress, series.Sum(one => (long)one.Bars.Count), cancellationToken);

        if (fresh.Count > 0)
        {
            await BarUpsert.CopyAsync(connection, BarTable.Daily, rows.Count(fresh), cancellationToken);
        }

        var counts = new MergeCounts(rows.Done, 0, 0);
        return merged.Count > 0 ? counts + await MergeAsync(connection, rows, merged, cancellationToken) : counts;
    }

    private static async Task<MergeCounts> MergeAsync(
        NpgsqlConnection connection, RowCounter rows, List<DatedSeries> series, CancellationToken cancellationToken)
    {
        const string Staging = "staged_import";
        await ExecuteAsync(connection, BarUpsert.StagingSql(BarTable.Daily, Staging), cancellationToken);
        var before = rows.Done;
        await BarUpsert.CopyAsync(connection, Staging, rows.Count(series), cancellationToken);
        await ExecuteAsync(connection, $"ANALYZE {Staging}", cancellationToken);
        await using var merge = new NpgsqlCommand(
            MergeCounts.Counted(BarUpsert.MergeSql(BarTable.Daily, Staging)), connection);
        return await MergeCounts.ReadAsync(merge, rows.Done - before, cancellationToken);
    }

    private static async Task ExecuteAsync(
        NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

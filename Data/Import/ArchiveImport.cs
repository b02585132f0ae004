using Npgsql;
using Trading.Data.Bars;
using Trading.Domain.Market;

namespace Trading.Data.Import;

/// <summary>
/// Puts bars back that were moved out of the database into a file: with their times and sources, and without judging them
/// anew. What has become of an instrument since its bars were moved out is left as it is.
/// </summary>
internal static class ArchiveImport
{
    public static async Task<ImportReport> RunAsync(
        NpgsqlConnection connection,
        ImportWork work,
        List<RowRejection> rejections,
        CancellationToken cancellationToken)
    {
        var rows = work.File.Archived;
        var known = await InstrumentResolver.FindAsync(
            connection, work.File.Tickers.Select(ticker => ticker.Ticker), work.Exchange, cancellationToken);
        rejections.AddRange(rows.Where(row => !known.ContainsKey(row.Ticker)).Select(row => new RowRejection(
            row.Line,
            row.Ticker,
            new BarDefect("unknown_ticker", $"{row.Ticker} is not known; import its bars of days first"),
            row.Ticker)));
        var counts = default(MergeCounts);
        foreach (var alike in rows.Where(row => known.ContainsKey(row.Ticker)).GroupBy(row => row.Interval))
        {
            List<InstrumentBar> bars =
                [.. alike.Select(row => new InstrumentBar(known[row.Ticker].Id, row.Bar, row.Source))];
            counts += await MergeAsync(connection, alike.Key, bars, cancellationToken);
        }

        return work.Report(counts, rejections);
    }

    private static async Task<MergeCounts> MergeAsync(
        NpgsqlConnection connection, BarInterval interval, List<InstrumentBar> bars, CancellationToken cancellationToken)
    {
        const string Staging = "staged_archive";
        var table = BarTable.Of(interval);
        if (!interval.IsDaily)
        {
            await MakePartitionsAsync(connection, bars, cancellationToken);
        }

        await ExecuteAsync(connection, $"DROP TABLE IF EXISTS {Staging}", cancellationToken);
        await ExecuteAsync(connection, BarUpsert.StagingSql(table, Staging), cancellationToken);
        await BarUpsert.CopyAsync(connection, Staging, bars, cancellationToken);
        await ExecuteAsync(connection, $"ANALYZE {Staging}", cancellationToken);
        // A partitioned table does not tell of a row that it returns whether it was there before.
        await using var count = new NpgsqlCommand(BarUpsert.CountSql(table, Staging), connection);
        var counts = await MergeCounts.ReadAsync(count, bars.Count, cancellationToken);
        await ExecuteAsync(connection, BarUpsert.MergeSql(table, Staging), cancellationToken);
        return counts;
    }

    private static async Task MakePartitionsAsync(
        NpgsqlConnection connection, List<InstrumentBar> bars, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "SELECT ensure_minute_bars_partition(month) FROM unnest($1) AS month", connection);
        command.Parameters.Add(new()
        {
            Value = bars.Select(bar => MinutePartitions.MonthOf(bar.Bar.Time)).Distinct().Order().ToArray(),
        });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task ExecuteAsync(
        NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

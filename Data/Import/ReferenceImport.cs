using Npgsql;
using NpgsqlTypes;
using Trading.Domain.Market;

namespace Trading.Data.Import;

/// <summary>
/// Gives names and sectors to instruments that are there; a file that knows no sector leaves it as it was.
/// </summary>
internal static class ReferenceImport
{
    public static async Task<ImportReport> RunAsync(
        NpgsqlConnection connection,
        ImportWork work,
        List<RowRejection> rejections,
        CancellationToken cancellationToken)
    {
        var known = await InstrumentResolver.FindAsync(
            connection, work.File.Reference.Select(row => row.Ticker), work.Exchange, cancellationToken);
        var rows = new Dictionary<string, ReferenceRow>(StringComparer.Ordinal);
        foreach (var row in work.File.Reference)
        {
            if (Defect(row, known, rows) is { } defect)
            {
                rejections.Add(new RowRejection(row.Line, row.Ticker, defect, row.Content));
            }
        }

        return work.Report(await StoreAsync(connection, rows.Values, cancellationToken), rejections);
    }

    private static BarDefect? Defect(
        ReferenceRow row, Dictionary<string, KnownInstrument> known, Dictionary<string, ReferenceRow> rows)
    {
        if (!known.ContainsKey(row.Ticker))
        {
            return new BarDefect("unknown_ticker", $"{row.Ticker} is not known; import its bars first");
        }

        return rows.TryAdd(row.Ticker, row)
            ? null
            : new BarDefect("duplicate_ticker", $"{row.Ticker} is on line {rows[row.Ticker].Line} already");
    }

    private static async Task<MergeCounts> StoreAsync(
        NpgsqlConnection connection,
        Dictionary<string, ReferenceRow>.ValueCollection rows,
        CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            UPDATE instruments SET name = new.name, sector = coalesce(new.sector, instruments.sector)
            FROM unnest($1, $2, $3) AS new (ticker, name, sector)
            WHERE instruments.ticker = new.ticker
              AND (instruments.name, instruments.sector)
                  IS DISTINCT FROM (new.name, coalesce(new.sector, instruments.sector))
            """,
            connection);
        command.Parameters.Add(new() { Value = rows.Select(row => row.Ticker).ToArray() });
        command.Parameters.Add(new() { Value = rows.Select(row => row.Name).ToArray() });
        command.Parameters.Add(new()
        {
            Value = rows.Select(row => row.Sector).ToArray(),
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text,
        });
        var updated = await command.ExecuteNonQueryAsync(cancellationToken);
        return new MergeCounts(0, updated, rows.Count - updated);
    }
}

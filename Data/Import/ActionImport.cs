using Npgsql;
using Trading.Data.CorporateActions;
using Trading.Domain.Market;

namespace Trading.Data.Import;

/// <summary>Stores splits and dividends; one of each kind per instrument and date.</summary>
internal static class ActionImport
{
    /// <summary>
    /// A file that holds nothing else. Instruments are listed here too, so that actions can be loaded before prices.
    /// </summary>
    public static async Task<ImportReport> RunAsync(
        NpgsqlConnection connection,
        ImportWork work,
        List<RowRejection> rejections,
        CancellationToken cancellationToken)
    {
        foreach (var rows in work.File.Tickers)
        {
            RejectRepeated(rows, rejections);
        }

        var tickers = work.File.Tickers.Where(rows => rows.Actions.Count > 0).ToList();
        var names = tickers.ConvertAll(rows => rows.Ticker);
        var known = await InstrumentResolver.FindAsync(connection, names, work.Exchange, cancellationToken);
        var created = await InstrumentResolver.CreateMissingAsync(
            connection, known, names, work.Exchange, cancellationToken);
        var counts = await StoreAsync(connection, tickers, known, work.FileName, cancellationToken);

        // Rows that say "no split, no dividend" hold nothing to store.
        var silent = work.File.RowsRead - rejections.Count - counts.Stored - counts.Updated - counts.Unchanged;
        return work.Report(counts with { Unchanged = counts.Unchanged + Math.Max(0, silent) }, rejections) with
        {
            InstrumentsCreated = created,
        };
    }

    public static async Task<MergeCounts> StoreAsync(
        NpgsqlConnection connection,
        IEnumerable<TickerRows> tickers,
        Dictionary<string, KnownInstrument> known,
        string source,
        CancellationToken cancellationToken)
    {
        var actions = tickers
            .SelectMany(rows => rows.Actions, (rows, row) => (known[rows.Ticker].Id, row.Action))
            .ToList();
        return await ActionUpsert.RunAsync(connection, actions, source, cancellationToken);
    }

    private static void RejectRepeated(TickerRows rows, List<RowRejection> rejections)
    {
        var seen = new Dictionary<(DateOnly, CorporateActionKind), long>();
        foreach (var (line, action) in rows.Actions)
        {
            // A line that repeats both its split and its dividend is still one rejected line.
            var isRejected = rejections.Count > 0 && rejections[^1].Line == line;
            if (!seen.TryAdd((action.ExDate, action.Kind), line) && !isRejected)
            {
                var first = seen[(action.ExDate, action.Kind)];
                var reason = $"{action.Kind} of {action.ExDate:yyyy-MM-dd} is on line {first} already";
                var content = FormattableString.Invariant($"{rows.Ticker},{action.ExDate:yyyy-MM-dd},{action.Value}");
                rejections.Add(new(line, rows.Ticker, new BarDefect("duplicate_date", reason), content));
            }
        }
    }
}

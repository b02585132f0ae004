using System.Runtime.InteropServices;
using Trading.Domain.Market;

namespace Trading.Data.Import;

/// <summary>The rules between the rows of one ticker: each session once, and no unexplained jump.</summary>
internal static class SeriesCheck
{
    /// <summary>The rows to store, in order of session; the others join the rejections.</summary>
    public static List<FileBar> Run(TickerRows rows, StoredHistory history, List<RowRejection> rejections)
    {
        // Files mostly are in order; sorting them again would be a tenth of an import's CPU time.
        if (!IsInOrder(rows.Bars))
        {
            rows.Bars.Sort(static (a, b) => (a.Session, a.Line).CompareTo((b.Session, b.Line)));
        }

        var guard = history.Guard(Known(rows, history));
        var accepted = new List<FileBar>(rows.Bars.Count);
        FileBar? first = null;
        foreach (var row in rows.Bars)
        {
            var defect = row.Session == first?.Session
                ? new BarDefect("duplicate_date", $"{row.Session:yyyy-MM-dd} is on line {first.Value.Line} already")
                : guard.Check(row.Session, row.Bar.Close);
            if (row.Session != first?.Session)
            {
                first = row;
            }

            if (defect is null)
            {
                accepted.Add(row);
            }
            else
            {
                rejections.Add(new RowRejection(row.Line, rows.Ticker, defect, BarContent.Write(rows.Ticker, row)));
            }
        }

        return accepted;
    }

    // Lines only ever grow.
    private static bool IsInOrder(List<FileBar> bars)
    {
        var last = DateOnly.MinValue;
        foreach (ref readonly var bar in CollectionsMarshal.AsSpan(bars))
        {
            if (bar.Session < last)
            {
                return false;
            }

            last = bar.Session;
        }

        return true;
    }

    // An action that two rows, or the file and the table, tell of must not be undone twice; the file is believed first.
    private static List<CorporateAction> Known(TickerRows rows, StoredHistory history) =>
    [
        .. rows.Actions.Select(row => row.Action).Concat(history.Actions)
            .DistinctBy(action => (action.ExDate, action.Kind)),
    ];
}

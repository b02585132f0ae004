using System.Globalization;
using Trading.Domain.Market;

namespace Trading.Data.Import;

/// <summary>What is known of a ticker before its rows are judged.</summary>
/// <param name="LastSession">Session of the last real bar stored before the file's first; null where there is none.</param>
internal sealed record StoredHistory(DateOnly? LastSession, double LastClose, IReadOnlyList<CorporateAction> Actions)
{
    public static StoredHistory None { get; } = new(null, double.NaN, []);
}

/// <summary>The rules between the rows of one ticker: each session once, and no unexplained jump.</summary>
internal static class SeriesCheck
{
    /// <summary>The rows to store, in order of session; the others join the rejections.</summary>
    public static List<FileBar> Run(TickerRows rows, StoredHistory history, List<RowRejection> rejections)
    {
        rows.Bars.Sort(static (a, b) => (a.Session, a.Line).CompareTo((b.Session, b.Line)));
        var guard = new JumpGuard(Known(rows, history));
        if (history.LastSession is { } session)
        {
            guard.StartFrom(session, history.LastClose);
        }

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
                rejections.Add(new RowRejection(row.Line, rows.Ticker, defect, ContentOf(rows.Ticker, row)));
            }
        }

        return accepted;
    }

    // An action that two rows, or the file and the table, tell of must not be undone twice; the file is believed first.
    private static List<CorporateAction> Known(TickerRows rows, StoredHistory history) =>
    [
        .. rows.Actions.Select(row => row.Action).Concat(history.Actions)
            .DistinctBy(action => (action.ExDate, action.Kind)),
    ];

    private static string ContentOf(string ticker, in FileBar row) => string.Create(
        CultureInfo.InvariantCulture,
        $"{ticker},{row.Session:yyyy-MM-dd},{row.Bar.Open},{row.Bar.High},{row.Bar.Low},{row.Bar.Close},{row.Bar.Volume}");
}

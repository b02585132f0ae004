using Trading.Data.Import;

namespace Trading.PricingWorker.Import;

/// <summary>Tells what became of a file: every row read is in one of the counts.</summary>
internal static class ReportView
{
    private const int MostRows = 20;

    public static void Print(ImportReport report, string? reportPath)
    {
        var took = (report.FinishedAt - report.StartedAt).TotalSeconds;
        Write($"{report.FileName}: {Described(report.Kind)}, {took:N1} s");
        Write($"  read         {report.RowsRead,12:N0}");
        Write($"  stored       {report.Stored,12:N0}");
        Write($"  updated      {report.Updated,12:N0}");
        Write($"  unchanged    {report.Unchanged,12:N0}");
        Write($"  rejected     {report.Rejected,12:N0}");
        Write($"  quarantined  {report.Quarantined,12:N0}");
        if (report.InstrumentsCreated > 0 || report.Actions > 0)
        {
            Write($"  {report.InstrumentsCreated:N0} new instruments; {report.Actions:N0} splits and dividends of the rows");
        }

        PrintRejections(report, reportPath);
    }

    private static void PrintRejections(ImportReport report, string? reportPath)
    {
        foreach (var row in report.Rejections.Take(MostRows))
        {
            var verdict = row.Defect.Quarantined ? "quarantined" : "rejected";
            Write($"  line {row.Line} {row.Ticker} {verdict}: {row.Defect.Reason}");
        }

        var left = report.Rejections.Count - MostRows;
        if (left > 0)
        {
            var place = reportPath is null ? "or give --report FILE" : $"and in {reportPath}";
            var query = $"SELECT * FROM import_rejections WHERE import_id = {report.ImportId}";
            Write($"  ... and {left:N0} more: {query}, {place}");
        }
    }

    private static string Described(ImportKind kind) => kind switch
    {
        ImportKind.Actions => "splits and dividends",
        ImportKind.Reference => "names and sectors",
        ImportKind.Archive => "bars that were moved out",
        ImportKind.Rates => "reference rates",
        _ => "daily bars",
    };

    // A plain line: a reason may hold brackets, and a pipe wants no wrapping.
    private static void Write(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));
}

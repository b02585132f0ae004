using Trading.Domain.Market;

namespace Trading.Data.Import;

/// <summary>Daily bars of one instrument as a provider gave them, in prices as traded.</summary>
/// <param name="Bars">By session; the bars' times are set from the exchange's calendar.</param>
public sealed record ProvidedSeries(
    string Ticker, IReadOnlyList<(DateOnly Session, Bar Bar)> Bars, IReadOnlyList<CorporateAction> Actions)
{
    /// <summary>The instrument's, which counts where it is not known yet; null for its exchange's.</summary>
    public string? Currency { get; init; }

    /// <summary>The same as a file would be that held them: judged, and rejected, by the same rules.</summary>
    internal static ParsedFile ToFile(IEnumerable<ProvidedSeries> all)
    {
        var file = new ParsedFile(ImportKind.Bars);
        foreach (var series in all)
        {
            var rows = new TickerRows(series.Ticker) { Currency = series.Currency };
            file.Tickers.Add(rows);
            foreach (var (session, bar) in series.Bars)
            {
                var row = new FileBar(++file.RowsRead, session, bar);
                if (BarQuality.Check(in bar) is { } defect)
                {
                    file.Rejections.Add(new RowRejection(
                        row.Line, series.Ticker, defect, BarContent.Write(series.Ticker, in row)));
                }
                else
                {
                    rows.Bars.Add(row);
                }
            }

            rows.Actions.AddRange(series.Actions.Select(action => new FileAction(file.RowsRead, action)));
        }

        return file;
    }
}

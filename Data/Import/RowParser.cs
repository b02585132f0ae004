using System.Text;
using CsvHelper;
using Trading.Domain.Market;

namespace Trading.Data.Import;

/// <summary>Turns each record into a bar, actions, a reference row or a rejection.</summary>
internal sealed class RowParser(CsvColumns columns, ParsedFile file)
{
    private const int LongestContent = 500;

    private readonly FieldParser _fields = new(columns);
    private readonly Dictionary<string, TickerRows> _tickers = new(StringComparer.Ordinal);
    private byte[] _lastTickerText = [];
    private TickerRows? _lastTicker;

    public void Take(CsvReader csv)
    {
        file.RowsRead++;
        if (csv.FieldCount != columns.Count)
        {
            Reject(csv, null, new("field_count", $"{csv.FieldCount} fields where the header has {columns.Count}"));
            return;
        }

        var text = csv.GetSpan(columns.Ticker);
        if (FindTicker(text) is not { } ticker)
        {
            Reject(csv, null, FieldParser.TickerDefect(text));
            return;
        }

        var defect = columns.Kind == ImportKind.Reference ? TakeReference(csv, ticker) : TakeDated(csv, ticker);
        if (defect is not null)
        {
            Reject(csv, ticker, defect);
        }
    }

    private BarDefect? TakeDated(CsvReader csv, TickerRows ticker)
    {
        if (_fields.ReadSession(csv, out var session) is { } badDate)
        {
            return badDate;
        }

        if (_fields.ReadActions(csv, session, ticker.Actions) is { } badAction)
        {
            return badAction;
        }

        if (columns.Kind == ImportKind.Actions)
        {
            return null;
        }

        var defect = _fields.ReadBar(csv, out var bar) ?? BarQuality.Check(in bar);
        if (defect is null)
        {
            ticker.Bars.Add(new FileBar(csv.LineNumber, session, bar));
        }

        return defect;
    }

    private BarDefect? TakeReference(CsvReader csv, TickerRows ticker)
    {
        var name = csv.GetString(columns.Name);
        if (name.Length == 0)
        {
            return new BarDefect("missing_field", "name is empty");
        }

        var sector = columns.Sector >= 0 ? csv.GetString(columns.Sector) : string.Empty;
        file.Reference.Add(new ReferenceRow(
            csv.LineNumber, ticker.Ticker, name, sector.Length > 0 ? sector : null, ContentOf(csv)));
        return null;
    }

    // Files are mostly sorted by ticker: the one of the row before needs no string.
    private TickerRows? FindTicker(ReadOnlySpan<byte> text)
    {
        if (_lastTicker is not null && text.SequenceEqual(_lastTickerText))
        {
            return _lastTicker;
        }

        if (!Ticker.TryNormalize(Encoding.UTF8.GetString(text), out var ticker))
        {
            return null;
        }

        if (!_tickers.TryGetValue(ticker, out var rows))
        {
            rows = new TickerRows(ticker);
            _tickers.Add(ticker, rows);
            file.Tickers.Add(rows);
        }

        _lastTickerText = text.ToArray();
        return _lastTicker = rows;
    }

    private void Reject(CsvReader csv, TickerRows? ticker, BarDefect defect) =>
        file.Rejections.Add(new RowRejection(csv.LineNumber, ticker?.Ticker, defect, ContentOf(csv)));

    private static string ContentOf(CsvReader csv)
    {
        var content = Encoding.UTF8.GetString(csv.RawRecord);
        return content.Length <= LongestContent ? content : content[..LongestContent];
    }
}

using System.Text;
using CsvHelper;
using Trading.Domain.Market;
using Trading.ServiceDefaults;

namespace Trading.Data.Import;

/// <summary>Turns each record into a bar, actions, a reference row or a rejection.</summary>
/// <param name="columns">Where what is.</param>
/// <param name="file">Takes the rows.</param>
/// <param name="owner">Whose rows they are, in a file without a column that says so.</param>
internal sealed class RowParser(CsvColumns columns, ParsedFile file, string? owner = null)
{
    private const int LongestContent = 500;

    private readonly FieldParser _fields = new(columns);
    private readonly byte[] _owner = Encoding.UTF8.GetBytes(owner ?? "");
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

        if (columns.Kind == ImportKind.Rates)
        {
            if (_fields.ReadRates(csv, file.Rates) is { } unread)
            {
                Reject(csv, null, unread);
            }

            return;
        }

        var text = columns.Ticker < 0 ? _owner : csv.GetSpan(columns.Ticker);
        if (FindTicker(text) is not { } ticker)
        {
            Reject(csv, null, FieldParser.TickerDefect(text));
            return;
        }

        var defect = columns.Kind switch
        {
            ImportKind.Reference => TakeReference(csv, ticker),
            ImportKind.Archive => TakeArchived(csv, ticker),
            _ => TakeDated(csv, ticker),
        };
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

    private BarDefect? TakeArchived(CsvReader csv, TickerRows ticker)
    {
        Bar bar = default;
        var defect = _fields.ReadOrigin(csv, out var time, out var interval, out var source)
            ?? _fields.ReadBar(csv, out bar) ?? BarQuality.Check(in bar);
        if (defect is null)
        {
            file.Archived.Add(new ArchivedBar(
                csv.LineNumber, ticker.Ticker, interval!, bar with { Time = time }, source));
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

    private static string ContentOf(CsvReader csv) =>
        StoredText.Of(Encoding.UTF8.GetString(csv.RawRecord), LongestContent);
}

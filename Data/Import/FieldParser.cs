using System.Globalization;
using System.Text;
using CsvHelper;
using Trading.Domain.Currencies;
using Trading.Domain.Market;

namespace Trading.Data.Import;

/// <summary>Reads the fields of one record straight from its bytes.</summary>
internal sealed class FieldParser(CsvColumns columns)
{
    private const double NoSplit = 1;
    private const double NoDividend = 0;
    private const decimal LargestRate = 100_000_000_000m;
    private static readonly string[] PriceNames = ["open", "high", "low", "close", "volume"];

    private readonly double[] _prices = new double[PriceNames.Length];

    public static BarDefect TickerDefect(ReadOnlySpan<byte> text) => text.IsEmpty
        ? Missing("ticker")
        : new BarDefect("bad_ticker", $"ticker '{Text(text)}' is not 1 to 24 of A-Z 0-9 . - / ^ =");

    public BarDefect? ReadSession(CsvReader csv, out DateOnly session)
    {
        var text = csv.GetSpan(columns.Date);
        if (SessionDate.TryParse(text, out session))
        {
            return null;
        }

        return text.IsEmpty ? Missing("date") : new BarDefect("bad_date", $"date '{Text(text)}' is not yyyy-mm-dd");
    }

    /// <summary>What a row says of a bar beside its prices.</summary>
    public BarDefect? ReadOrigin(CsvReader csv, out DateTime time, out BarInterval? interval, out BarSource source)
    {
        (interval, source) = (null, default);
        var text = csv.GetString(columns.Date);
        if (!DateTime.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out time))
        {
            return new BarDefect("bad_date", $"time '{text}' is not as 2026-01-05T14:31:00.000000Z");
        }

        text = csv.GetString(columns.Interval);
        if (!BarInterval.TryParse(text, out interval)
            || !(interval.IsDaily || interval == BarInterval.OneMinute))
        {
            return new BarDefect("bad_interval", $"interval '{text}' is not 1m or 1d");
        }

        text = csv.GetString(columns.Source);
        return Enum.TryParse(text, out source) && Enum.IsDefined(source)
            ? null
            : new BarDefect("bad_source", $"source '{text}' is not 1 to 4");
    }

    public BarDefect? ReadBar(CsvReader csv, out Bar bar)
    {
        bar = default;
        for (var i = 0; i < _prices.Length; i++)
        {
            if (ReadNumber(csv, columns.Prices[i], PriceNames[i], out _prices[i]) is { } defect)
            {
                return defect;
            }
        }

        bar = new Bar(default, _prices[0], _prices[1], _prices[2], _prices[3], _prices[4]);
        return null;
    }

    /// <summary>
    /// Adds what the row says of splits and dividends; a coefficient of 1 and an amount of 0 say nothing.
    /// </summary>
    public BarDefect? ReadActions(CsvReader csv, DateOnly session, List<FileAction> actions)
    {
        var dividend = NoDividend;
        var defect = ReadAction(csv, columns.Split, "split_coefficient", NoSplit, out var split)
            ?? ReadAction(csv, columns.Dividend, "dividend_amount", NoDividend, out dividend);
        if (defect is not null)
        {
            return defect;
        }

        Add(csv, actions, new CorporateAction(session, CorporateActionKind.Split, split), NoSplit);
        Add(csv, actions, new CorporateAction(session, CorporateActionKind.Dividend, dividend), NoDividend);
        return null;
    }

    /// <summary>Adds the rates of a day, all or none; N/A and empty fields say that there was none.</summary>
    public BarDefect? ReadRates(CsvReader csv, List<ReferenceRate> rates)
    {
        if (ReadSession(csv, out var day) is { } badDate)
        {
            return badDate;
        }

        var before = rates.Count;
        foreach (var (column, currency) in columns.Rates)
        {
            var text = csv.GetSpan(column);
            if (text.IsEmpty || text.SequenceEqual("N/A"u8))
            {
                continue;
            }

            if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate)
                || rate is <= 0 or > LargestRate)
            {
                rates.RemoveRange(before, rates.Count - before);
                return new BarDefect("not_a_number", $"{currency} '{Text(text)}' is not a positive number");
            }

            rates.Add(new ReferenceRate(currency, day, rate));
        }

        return rates.Count > before ? null : Missing("rate");
    }

    private static void Add(CsvReader csv, List<FileAction> actions, CorporateAction action, double nothing)
    {
        if (action.Value != nothing)
        {
            actions.Add(new FileAction(csv.LineNumber, action));
        }
    }

    /// <summary>An empty field beside prices says nothing; in a file of actions it is missing.</summary>
    private BarDefect? ReadAction(CsvReader csv, int column, string name, double nothing, out double value)
    {
        value = nothing;
        if (column < 0 || (csv.IsEmpty(column) && columns.Kind == ImportKind.Bars))
        {
            return null;
        }

        var defect = ReadNumber(csv, column, name, out value);
        return defect is null && value != nothing && !(value > 0 && double.IsFinite(value))
            ? new BarDefect("bad_action", FormattableString.Invariant($"{name} {value} is not a positive number"))
            : defect;
    }

    // The reader takes 1,234.5 for a number; "1,5" of a file with decimal commas must not become 15.
    private static BarDefect? ReadNumber(CsvReader csv, int column, string name, out double value)
    {
        value = double.NaN;
        var text = csv.GetSpan(column);
        if (text.IsEmpty)
        {
            return Missing(name);
        }

        return !text.Contains((byte)',') && csv.TryParse(column, out value)
            ? null
            : new BarDefect("not_a_number", $"{name} '{Text(text)}' is not a number");
    }

    private static BarDefect Missing(string name) => new("missing_field", $"{name} is empty");

    private static string Text(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text);
}

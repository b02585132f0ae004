using System.Globalization;
using System.IO.Compression;
using Trading.Domain.Currencies;
using Trading.Domain.Market;
using Trading.PricingWorker.Providers.Http;

namespace Trading.PricingWorker.Providers.Ecb;

/// <summary>Units of each currency for one euro, by day; as the Central Bank's file of all days has them.</summary>
internal sealed class EcbRates
{
    private const string Euro = "EUR";

    private readonly Dictionary<string, int> _columns;
    private readonly SortedList<DateOnly, double[]> _days;

    private EcbRates(Dictionary<string, int> columns, SortedList<DateOnly, double[]> days) =>
        (_columns, _days) = (columns, days);

    public bool Has(CurrencyPair pair) => Has(pair.Base) && Has(pair.Quote);

    /// <summary>Days on which both have a rate, in order.</summary>
    public IEnumerable<(DateOnly Day, double Rate)> Of(CurrencyPair pair)
    {
        foreach (var (day, rates) in _days)
        {
            var rate = Rate(rates, pair.Quote) / Rate(rates, pair.Base);
            if (rate > 0)
            {
                yield return (day, SignificantDigits.OfRate(rate));
            }
        }
    }

    /// <summary>Each rate of each day. A double holds what the file says exactly: it has ten digits at most.</summary>
    public IReadOnlyList<ReferenceRate> All() =>
    [
        .. from column in _columns
           from day in _days
           where day.Value[column.Value] > 0
           select new ReferenceRate(column.Key, day.Key, (decimal)day.Value[column.Value]),
    ];

    /// <summary>Reads the zip file, or the CSV within where it comes unpacked.</summary>
    public static async Task<EcbRates> ReadAsync(Stream body, long limit, CancellationToken cancellationToken)
    {
        // An archive has its directory at the end; the whole is bounded before.
        using var whole = new MemoryStream();
        await body.CopyToAsync(whole, cancellationToken);
        whole.Position = 0;
        if (whole.Length < 2 || whole.ReadByte() != 'P' || whole.ReadByte() != 'K')
        {
            whole.Position = 0;
            return await ParseAsync(whole, cancellationToken);
        }

        await using var archive = await ZipArchive.CreateAsync(
            whole, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, cancellationToken);
        var entry = archive.Entries
            .FirstOrDefault(file => file.Name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
            ?? throw ProviderException.Invalid("The archive has no CSV.");
        await using var text = new BoundedStream(await entry.OpenAsync(cancellationToken), limit);
        return await ParseAsync(text, cancellationToken);
    }

    private bool Has(string currency) => currency == Euro || _columns.ContainsKey(currency);

    private double Rate(double[] rates, string currency) => currency == Euro ? 1
        : _columns.TryGetValue(currency, out var column) ? rates[column] : double.NaN;

    private static async Task<EcbRates> ParseAsync(Stream text, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(text);
        var header = (await reader.ReadLineAsync(cancellationToken) ?? string.Empty).Split(',');
        if (header is not [var first, _, ..] || first.Trim() != "Date")
        {
            throw ProviderException.Invalid("The answer is no file of reference rates.");
        }

        var columns = new Dictionary<string, int>();
        for (var i = 1; i < header.Length; i++)
        {
            if (header[i].Trim() is { Length: 3 } currency)
            {
                columns[currency] = i;
            }
        }

        var days = new SortedList<DateOnly, double[]>();
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            AddDay(line.Split(','), header.Length, days);
        }

        return days.Count > 0
            ? new EcbRates(columns, days)
            : throw ProviderException.Invalid("The file of reference rates has no day.");
    }

    private static bool TryDay(string text, out DateOnly day) => DateOnly.TryParseExact(
        text.Trim(), ["yyyy-MM-dd", "d MMMM yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    private static void AddDay(string[] fields, int count, SortedList<DateOnly, double[]> days)
    {
        if (fields is [""])
        {
            return;
        }

        if (fields.Length != count || !TryDay(fields[0], out var day))
        {
            throw ProviderException.Invalid("A line of the file of reference rates is cut short.");
        }

        // N/A where there was no rate that day.
        days[day] = [.. fields.Select(field =>
            double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate) && rate > 0
                ? rate
                : double.NaN)];
    }
}

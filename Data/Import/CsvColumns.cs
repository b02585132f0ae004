namespace Trading.Data.Import;

/// <summary>
/// Where each column is: found by name, in any case and order. -1 where an optional column is absent.
/// </summary>
internal sealed record CsvColumns
{
    private static readonly string[] PriceNames = ["open", "high", "low", "close", "volume"];

    public required ImportKind Kind { get; init; }

    /// <summary>-1 in a file of one instrument that does not say which.</summary>
    public required int Ticker { get; init; }

    public int Date { get; init; } = -1;

    /// <summary>Open, high, low, close, volume.</summary>
    public IReadOnlyList<int> Prices { get; init; } = [];

    public int Split { get; init; } = -1;

    public int Dividend { get; init; } = -1;

    public int Name { get; init; } = -1;

    public int Sector { get; init; } = -1;

    /// <summary>Of a file of bars that were moved out of the database.</summary>
    public int Interval { get; init; } = -1;

    public int Source { get; init; } = -1;

    /// <summary>Of a file of rates: where each currency is.</summary>
    public IReadOnlyList<(int Column, string Currency)> Rates { get; init; } = [];

    public required int Count { get; init; }

    /// <summary>Finds the columns.</summary>
    /// <param name="header">Their names.</param>
    /// <param name="ticker">Whose file it is; null where a column says so.</param>
    /// <exception cref="ImportFileException">
    /// A required column is missing: names it and the columns found. Or a ticker is given twice.
    /// </exception>
    public static CsvColumns Find(IReadOnlyList<string> header, string? ticker = null)
    {
        var found = new HeaderNames(header);
        if (ticker is not null && found.IndexOf("ticker", "symbol", "name") is >= 0 and var own)
        {
            throw new ImportFileException(
                $"The file says itself whose rows they are, in the column {header[own]}: import it without --ticker.");
        }

        var prices = PriceNames.Select(name => found.IndexOf(name)).ToArray();
        if (prices.All(column => column >= 0) && found.IndexOf("interval") >= 0 && found.IndexOf("source") >= 0)
        {
            return Archive(found, prices);
        }

        var split = found.IndexOf("split_coefficient", "split");
        var dividend = found.IndexOf("dividend_amount", "dividend");
        if (prices.All(column => column < 0))
        {
            if (split >= 0 || dividend >= 0)
            {
                return Actions(found, split, dividend, ticker);
            }

            if (found.IndexOf("date") >= 0 && found.IndexOf("usd") >= 0)
            {
                return RatesOf(header, found);
            }

            if (found.IndexOf("ticker", "symbol") >= 0 && found.IndexOf("name", "security") >= 0)
            {
                return Reference(found);
            }
        }

        return new CsvColumns
        {
            Kind = ImportKind.Bars,
            Ticker = ticker is null ? found.Require("ticker", "symbol", "name") : -1,
            Date = found.Require("date", "session", "timestamp_utc"),
            Prices = [.. PriceNames.Select(name => found.Require(name))],
            Split = split,
            Dividend = dividend,
            Count = header.Count,
        }.CheckedBy(found);
    }

    private static CsvColumns Archive(HeaderNames found, int[] prices) => new CsvColumns
    {
        Kind = ImportKind.Archive,
        Ticker = found.Require("ticker"),
        Interval = found.IndexOf("interval"),
        Date = found.Require("time"),
        Prices = prices,
        Source = found.IndexOf("source"),
        Count = found.Count,
    }.CheckedBy(found);

    private static CsvColumns Actions(HeaderNames found, int split, int dividend, string? ticker) => new CsvColumns
    {
        Kind = ImportKind.Actions,
        Ticker = ticker is null ? found.Require("ticker", "symbol", "name") : -1,
        Date = found.Require("date", "ex_date", "session"),
        Split = split,
        Dividend = dividend,
        Count = found.Count,
    }.CheckedBy(found);

    // The Central Bank's file: Date,USD,JPY,... with a comma at the end of each line.
    private static CsvColumns RatesOf(IReadOnlyList<string> header, HeaderNames found) => new()
    {
        Kind = ImportKind.Rates,
        Ticker = -1,
        Date = found.IndexOf("date"),
        Rates =
        [
            .. header.Select((name, column) => (Column: column, Currency: name.Trim()))
                .Where(named => named.Currency.Length == 3 && named.Currency.All(char.IsAsciiLetterUpper)),
        ],
        Count = header.Count,
    };

    private static CsvColumns Reference(HeaderNames found) => new CsvColumns
    {
        Kind = ImportKind.Reference,
        Ticker = found.Require("ticker", "symbol"),
        Name = found.Require("security", "name"),
        Sector = found.IndexOf("gics_sector", "sector"),
        Count = found.Count,
    }.CheckedBy(found);

    private CsvColumns CheckedBy(HeaderNames found)
    {
        found.ThrowIfAnyIsMissing();
        return this;
    }
}

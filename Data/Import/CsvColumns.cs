namespace Trading.Data.Import;

/// <summary>
/// Where each column is: found by name, in any case and order. -1 where an optional column is absent.
/// </summary>
internal sealed record CsvColumns
{
    private static readonly string[] PriceNames = ["open", "high", "low", "close", "volume"];

    public required ImportKind Kind { get; init; }

    public required int Ticker { get; init; }

    public int Date { get; init; } = -1;

    /// <summary>Open, high, low, close, volume.</summary>
    public IReadOnlyList<int> Prices { get; init; } = [];

    public int Split { get; init; } = -1;

    public int Dividend { get; init; } = -1;

    public int Name { get; init; } = -1;

    public int Sector { get; init; } = -1;

    public required int Count { get; init; }

    /// <exception cref="ImportFileException">A required column is missing; names it and the columns found.</exception>
    public static CsvColumns Find(IReadOnlyList<string> header)
    {
        var found = new HeaderNames(header);
        var prices = PriceNames.Select(name => found.IndexOf(name)).ToArray();
        var split = found.IndexOf("split_coefficient", "split");
        var dividend = found.IndexOf("dividend_amount", "dividend");
        if (prices.All(column => column < 0))
        {
            if (split >= 0 || dividend >= 0)
            {
                return Actions(found, split, dividend);
            }

            if (found.IndexOf("ticker", "symbol") >= 0 && found.IndexOf("name", "security") >= 0)
            {
                return Reference(found);
            }
        }

        return new CsvColumns
        {
            Kind = ImportKind.Bars,
            Ticker = found.Require("ticker", "symbol", "name"),
            Date = found.Require("date", "session"),
            Prices = [.. PriceNames.Select(name => found.Require(name))],
            Split = split,
            Dividend = dividend,
            Count = header.Count,
        }.CheckedBy(found);
    }

    private static CsvColumns Actions(HeaderNames found, int split, int dividend) => new CsvColumns
    {
        Kind = ImportKind.Actions,
        Ticker = found.Require("ticker", "symbol", "name"),
        Date = found.Require("date", "ex_date", "session"),
        Split = split,
        Dividend = dividend,
        Count = found.Count,
    }.CheckedBy(found);

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

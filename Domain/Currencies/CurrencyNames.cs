namespace Trading.Domain.Currencies;

/// <summary>English names of the currencies that the European Central Bank has published rates of.</summary>
public static class CurrencyNames
{
    private static readonly Dictionary<string, string> _names = new(StringComparer.Ordinal)
    {
        ["AUD"] = "Australian dollar",
        ["BGN"] = "Bulgarian lev",
        ["BRL"] = "Brazilian real",
        ["CAD"] = "Canadian dollar",
        ["CHF"] = "Swiss franc",
        ["CNY"] = "Chinese yuan renminbi",
        ["CYP"] = "Cyprus pound",
        ["CZK"] = "Czech koruna",
        ["DKK"] = "Danish krone",
        ["EEK"] = "Estonian kroon",
        ["EUR"] = "Euro",
        ["GBP"] = "Pound sterling",
        ["HKD"] = "Hong Kong dollar",
        ["HRK"] = "Croatian kuna",
        ["HUF"] = "Hungarian forint",
        ["IDR"] = "Indonesian rupiah",
        ["ILS"] = "Israeli shekel",
        ["INR"] = "Indian rupee",
        ["ISK"] = "Icelandic krona",
        ["JPY"] = "Japanese yen",
        ["KRW"] = "South Korean won",
        ["LTL"] = "Lithuanian litas",
        ["LVL"] = "Latvian lats",
        ["MTL"] = "Maltese lira",
        ["MXN"] = "Mexican peso",
        ["MYR"] = "Malaysian ringgit",
        ["NOK"] = "Norwegian krone",
        ["NZD"] = "New Zealand dollar",
        ["PHP"] = "Philippine peso",
        ["PLN"] = "Polish zloty",
        ["ROL"] = "Romanian leu until 2005",
        ["RON"] = "Romanian leu",
        ["RUB"] = "Russian rouble",
        ["SEK"] = "Swedish krona",
        ["SGD"] = "Singapore dollar",
        ["SIT"] = "Slovenian tolar",
        ["SKK"] = "Slovak koruna",
        ["THB"] = "Thai baht",
        ["TRL"] = "Turkish lira until 2004",
        ["TRY"] = "Turkish lira",
        ["USD"] = "US dollar",
        ["ZAR"] = "South African rand",
    };

    /// <summary>The name of a currency; its code where none is known.</summary>
    /// <param name="currency">ISO 4217 code.</param>
    public static string Of(string currency) => _names.GetValueOrDefault(currency, currency);
}

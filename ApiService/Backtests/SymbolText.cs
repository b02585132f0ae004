namespace Trading.ApiService.Backtests;

/// <summary>What an instrument may be called here that somebody writes as a pair, such as <c>BTC/USDT</c>.</summary>
internal static class SymbolText
{
    private const int ShortestCoin = 2;

    // What ends a pair that is written in one word; of two that do, the longer first.
    private static readonly string[] _monies = ["USDT", "USDC", "USD", "EUR", "GBP", "JPY", "BTC", "ETH"];

    /// <summary>The ticker itself, then the ways in which other sources write the same pair.</summary>
    public static IEnumerable<string> Candidates(string ticker) => PairOf(ticker) is var (coin, money)
        ? Monies(money).SelectMany(each => new[] { $"{coin}/{each}", $"{coin}-{each}", $"{coin}{each}" })
            .Prepend(ticker).Distinct()
        : [ticker];

    /// <summary>Whether it is written as a pair.</summary>
    public static bool IsPair(string ticker) => PairOf(ticker) is not null;

    private static (string Coin, string Money)? PairOf(string ticker)
    {
        if (ticker.Split(['/', '-'], 2) is [{ Length: > 0 } coin, { Length: > 0 } money])
        {
            return (coin, money);
        }

        return Array.Find(_monies, each => ticker.Length >= each.Length + ShortestCoin
                && ticker.EndsWith(each, StringComparison.Ordinal)) is { } end
            ? (ticker[..^end.Length], end)
            : null;
    }

    // A tether is taken for a dollar, and a dollar for a tether.
    private static string[] Monies(string money) => money switch
    {
        "USDT" => ["USDT", "USD"],
        "USD" => ["USD", "USDT"],
        _ => [money],
    };
}

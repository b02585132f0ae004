namespace Trading.ApiService.Backtests;

/// <summary>What an instrument may be called here that somebody writes as a pair, such as <c>BTC/USDT</c>.</summary>
internal static class SymbolText
{
    /// <summary>The ticker itself, then the ways in which other sources write the same pair.</summary>
    public static IEnumerable<string> Candidates(string ticker)
    {
        yield return ticker;
        if (ticker.Split(['/', '-'], 2) is not [{ Length: > 0 } coin, { Length: > 0 } money])
        {
            yield break;
        }

        var monies = money == "USDT" ? new[] { "USDT", "USD" } : [money];
        foreach (var name in monies.SelectMany(each => new[] { $"{coin}/{each}", $"{coin}-{each}", $"{coin}{each}" }))
        {
            if (name != ticker)
            {
                yield return name;
            }
        }
    }
}

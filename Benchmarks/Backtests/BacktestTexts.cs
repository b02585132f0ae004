namespace Trading.Benchmarks.Backtests;

/// <summary>Strategies of the rule language that are measured.</summary>
internal static class BacktestTexts
{
    public const string TwoIndicators =
        """
        entry: crosses_above(sma(10), sma(30))
        exit: crosses_below(sma(10), sma(30))
        """;

    public const string TenIndicators =
        """
        entry: crosses_above(ema(12), ema(26)) and rsi(14) < 70 and adx(14) > 15 and close > sma(50)
            and macd(12, 26, 9) > 0 and roc(10) > 0 and cci(20) > 0
        exit: crosses_below(ema(12), ema(26)) or close < bollinger(20, 2).lower
        stop: 2 * atr(14)
        """;
}

namespace Trading.Domain.Strategies.BuiltIn;

/// <summary>The built-in strategies as users can copy them.</summary>
internal static class BuiltInTexts
{
    public const string MaCross =
        """
        # Follows a trend: in while the fast average is above the slow one.
        param fast = 10 in 2..100
        param slow = 30 in 5..300

        let fast_average = sma(fast)
        let slow_average = sma(slow)

        entry: crosses_above(fast_average, slow_average)
        exit: crosses_below(fast_average, slow_average)
        """;

    public const string RsiReversion =
        """
        # Buys what fell too far, once it turns, and sells when it has recovered.
        param period = 14 in 2..50
        param oversold = 30 in 10..45
        param recovered = 60 in 46..90

        let strength = rsi(period)

        entry: crosses_above(strength, oversold)
        exit: strength > recovered
        stop: 3 * atr(14)
        expiry: 20 bars
        """;

    public const string BollingerBreakout =
        """
        # Buys what leaves its usual range upwards, and sells when it is back in the middle.
        param period = 20 in 5..100
        param width = 2 in 0.5..4 step 0.5

        entry: crosses_above(close, bollinger(period, width).upper)
        exit: crosses_below(close, bollinger(period, width).middle)
        stop: 2 * atr(14)
        """;

    public const string Macd =
        """
        # Buys when momentum turns up, sells when it turns down.
        param fast = 12 in 2..50
        param slow = 26 in 10..200
        param smoothing = 9 in 2..50

        let momentum = macd(fast, slow, smoothing)
        let average = macd(fast, slow, smoothing).signal

        entry: crosses_above(momentum, average)
        exit: crosses_below(momentum, average)
        """;

    public const string Momentum =
        """
        # Holds what has risen, as long as it goes on.
        param lookback = 126 in 20..252
        param rise = 5 in 0..50
        param trend = 200 in 20..300

        entry: roc(lookback) > rise and close > sma(trend)
        exit: roc(lookback) < 0 or close < sma(trend)
        stop: 4 * atr(20)
        """;
}

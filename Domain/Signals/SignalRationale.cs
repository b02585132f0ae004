using System.Globalization;

namespace Trading.Domain.Signals;

/// <summary>Says in plain sentences why a signal was made, with the numbers.</summary>
public static class SignalRationale
{
    /// <summary>One sentence for each group of indicators, the regime, the prices and the past.</summary>
    /// <param name="signal">The signal.</param>
    public static IReadOnlyList<string> Of(TradingSignal signal)
    {
        ArgumentNullException.ThrowIfNull(signal);
        return [.. Sentences(signal).Select(sentence => sentence.ToString(CultureInfo.InvariantCulture))];
    }

    private static IEnumerable<FormattableString> Sentences(TradingSignal signal)
    {
        var (read, groups) = (signal.Reading, signal.Components);
        yield return $"The score of {Signed(signal)} crossed {ThresholdOf(signal)} in a market that is {RegimeOf(signal)}.";
        yield return $"Trend {groups.Trend:+0.00;-0.00}: the EMA of 8 is {Price(read.EmaFast)}, that of 50 is {
            Price(read.EmaSlow)}; ADX is {read.Adx:0.0} with +DI {read.PlusDi:0.0} and -DI {
            read.MinusDi:0.0}; Supertrend points {(read.Supertrend > 0 ? "up" : "down")}.";
        yield return $"Momentum {groups.Momentum:+0.00;-0.00}: RSI is {read.Rsi:0.0}, Stochastic %K {
            read.StochasticK:0.0}, the price changed by {read.Roc:+0.00;-0.00} % in ten bars.";
        yield return $"Mean reversion {groups.Reversion:+0.00;-0.00}: the close is {
            read.BollingerZ:+0.00;-0.00} standard deviations from its mean of 20 and {
            read.LongZ:+0.00;-0.00} from that of 50.";
        if (signal.VolumeScore is not null)
        {
            yield return $"Volume {groups.Volume:+0.00;-0.00}: {
                read.VolumeRatio:0.00} times its median of 20 bars, money flow index {read.Mfi:0.0}.";
        }

        if (!double.IsNaN(groups.Higher))
        {
            yield return $"Higher interval {groups.Higher:+0.00;-0.00}: its average of ten closes is {
                Price(read.HigherEma)}, the close {Price(read.Close)}.";
        }

        var plan = signal.Plan;
        yield return $"The stop at {Price(plan.Stop)} is {Math.Abs(plan.Entry - plan.Stop) / signal.Atr:0.0} ATR of {
            Price(signal.Atr)} away, {100 * signal.RiskPct:0.00} % of the price; the target at {Price(plan.Target)} is {
            Math.Abs(plan.Target - plan.Entry) / signal.Atr:0.0} ATR away.";
        yield return PastOf(signal.Past);
    }

    private static FormattableString PastOf(PastResults past) => past.WinRate is { } rate
        ? past.ProfitFactor is { } factor
            ? $"Of {past.Trades} earlier signals here {100 * rate:0} % made a profit; gains were {factor:0.00} times losses."
            : (FormattableString)$"Of {past.Trades} earlier signals here {100 * rate:0} % made a profit, none a loss."
        : $"Only {past.Trades} earlier signals here: too few to say what they made.";

    private static string Signed(TradingSignal signal) =>
        (signal.Plan.Side * signal.RawScore).ToString("+0.00;-0.00", CultureInfo.InvariantCulture);

    private static string ThresholdOf(TradingSignal signal) =>
        (signal.Plan.Side * SignalRules.Default.Threshold).ToString("+0.00;-0.00", CultureInfo.InvariantCulture);

    private static string RegimeOf(TradingSignal signal) => signal.Regime switch
    {
        MarketRegime.TrendingUp => "trending up",
        MarketRegime.TrendingDown => "trending down",
        MarketRegime.Volatile => "volatile",
        _ => "ranging",
    };

    private static string Price(double price) => price.ToString(
        Math.Abs(price) >= 1 ? "0.00" : "0.######", CultureInfo.InvariantCulture);
}

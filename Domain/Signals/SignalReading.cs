namespace Trading.Domain.Signals;

/// <summary>What the generator reads at one bar; NaN where an indicator has no value.</summary>
/// <param name="Open">First price of the bar.</param>
/// <param name="Close">Last price.</param>
/// <param name="Volume">Units traded.</param>
/// <param name="EmaFast">EMA of 8.</param>
/// <param name="EmaMiddle">EMA of 21.</param>
/// <param name="EmaSlow">EMA of 50.</param>
/// <param name="Adx">ADX of 14.</param>
/// <param name="PlusDi">+DI of 14.</param>
/// <param name="MinusDi">-DI of 14.</param>
/// <param name="MacdHistogram">MACD(12, 26) less its signal of 9.</param>
/// <param name="Supertrend">Direction of Supertrend(10, 3): 1 or -1.</param>
/// <param name="Rsi">RSI of 14.</param>
/// <param name="StochasticK">%K of Stochastic(14, 3, 3).</param>
/// <param name="Roc">Change over 10 bars, in percent.</param>
/// <param name="BollingerZ">Distance from the mean of 20 in standard deviations.</param>
/// <param name="LongZ">The same of 50.</param>
/// <param name="ObvSlope">Change of OBV over 20 bars as a fraction of their volume, -1 to 1.</param>
/// <param name="VolumeRatio">Volume over the median of the 20 bars before.</param>
/// <param name="Mfi">Money flow index of 14.</param>
/// <param name="Atr">ATR of 14, in currency.</param>
/// <param name="AtrRatio">ATR in percent of the close over the median of that of the 100 bars before.</param>
/// <param name="HigherEma">EMA of 10 of the higher interval's closes.</param>
public readonly record struct SignalReading(
    double Open,
    double Close,
    double Volume,
    double EmaFast,
    double EmaMiddle,
    double EmaSlow,
    double Adx,
    double PlusDi,
    double MinusDi,
    double MacdHistogram,
    double Supertrend,
    double Rsi,
    double StochasticK,
    double Roc,
    double BollingerZ,
    double LongZ,
    double ObvSlope,
    double VolumeRatio,
    double Mfi,
    double Atr,
    double AtrRatio,
    double HigherEma)
{
    /// <summary>The regime at the bar.</summary>
    public MarketRegime Regime =>
        AtrRatio >= 1.5 ? MarketRegime.Volatile
        : Adx >= 22 && PlusDi > MinusDi && Close > EmaSlow ? MarketRegime.TrendingUp
        : Adx >= 22 && PlusDi < MinusDi && Close < EmaSlow ? MarketRegime.TrendingDown
        : MarketRegime.Ranging;

    /// <summary>The values by name, for showing and storing; those without a value are left out.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Named() =>
    [
        .. new KeyValuePair<string, double>[]
        {
            new("open", Open),
            new("close", Close),
            new("volume", Volume),
            new("ema_8", EmaFast),
            new("ema_21", EmaMiddle),
            new("ema_50", EmaSlow),
            new("adx_14", Adx),
            new("plus_di_14", PlusDi),
            new("minus_di_14", MinusDi),
            new("macd_histogram", MacdHistogram),
            new("supertrend_direction", Supertrend),
            new("rsi_14", Rsi),
            new("stochastic_k", StochasticK),
            new("roc_10", Roc),
            new("z_20", BollingerZ),
            new("z_50", LongZ),
            new("obv_slope_20", ObvSlope),
            new("volume_ratio_20", VolumeRatio),
            new("mfi_14", Mfi),
            new("atr_14", Atr),
            new("atr_ratio_100", AtrRatio),
            new("higher_ema_10", HigherEma),
        }.Where(value => double.IsFinite(value.Value)),
    ];
}

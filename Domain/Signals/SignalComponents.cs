namespace Trading.Domain.Signals;

/// <summary>
/// What five groups of indicators say of a bar, each from -1 (down) to 1 (up): the plain mean of its members, each cut
/// to that range; NaN where none has a value.
/// </summary>
/// <param name="Trend">EMA stack, DI weighted by ADX, MACD, Supertrend.</param>
/// <param name="Momentum">RSI, Stochastic, ROC.</param>
/// <param name="Reversion">Z of 20 and 50 bars, turned around: far above the mean says down.</param>
/// <param name="Volume">OBV slope, volume against its median in the direction of the bar, MFI.</param>
/// <param name="Higher">Distance from the higher interval's average.</param>
public readonly record struct SignalComponents(
    double Trend, double Momentum, double Reversion, double Volume, double Higher)
{
    private static readonly double RootOfTen = Math.Sqrt(10);

    /// <summary>Weighs a reading.</summary>
    /// <param name="reading">What was read at the bar.</param>
    public static SignalComponents Of(in SignalReading reading) => new(
        TrendOf(in reading),
        Mean(
            Cut((reading.Rsi - 50) / 25),
            Cut((reading.StochasticK - 50) / 50),
            // As many ATRs as a random walk goes in ten bars are full strength.
            Cut(reading.Roc / 100 * reading.Close / (RootOfTen * reading.Atr)),
            double.NaN),
        Mean(Cut(-reading.BollingerZ / 2), Cut(-reading.LongZ / 2.5), double.NaN, double.NaN),
        Mean(
            Cut(3 * reading.ObvSlope),
            Math.Sign(reading.Close - reading.Open) * Cut(Math.Log2(reading.VolumeRatio)),
            Cut((reading.Mfi - 50) / 30),
            double.NaN),
        Cut((reading.Close - reading.HigherEma) / (3 * reading.Atr)));

    /// <summary>
    /// The weighted mean, -1 to 1, in a regime. A group without a value gives its weight to the others; without trend
    /// or momentum there is no score.
    /// </summary>
    /// <param name="weights">The weights.</param>
    /// <returns>The score, or NaN.</returns>
    public double Score(RegimeWeights weights)
    {
        var (sum, total) = (0.0, 0.0);
        Add(Trend, weights.Trend, ref sum, ref total);
        Add(Momentum, weights.Momentum, ref sum, ref total);
        Add(Reversion, weights.Reversion, ref sum, ref total);
        Add(Volume, weights.Volume, ref sum, ref total);
        Add(Higher, weights.Higher, ref sum, ref total);
        return double.IsNaN(Trend + Momentum) ? double.NaN : sum / total;
    }

    /// <summary>The share of the weights, 0 to 1, whose group has the direction's sign.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="direction">The direction.</param>
    public double Agreement(RegimeWeights weights, SignalDirection direction)
    {
        var (agreeing, total) = (0.0, 0.0);
        var side = (int)direction;
        Count(Trend, weights.Trend, side, ref agreeing, ref total);
        Count(Momentum, weights.Momentum, side, ref agreeing, ref total);
        Count(Reversion, weights.Reversion, side, ref agreeing, ref total);
        Count(Volume, weights.Volume, side, ref agreeing, ref total);
        Count(Higher, weights.Higher, side, ref agreeing, ref total);
        return agreeing / total;
    }

    private static double TrendOf(in SignalReading reading) => Mean(
        (Cut((reading.EmaFast - reading.EmaMiddle) / reading.Atr)
            + Cut((reading.EmaMiddle - reading.EmaSlow) / (1.5 * reading.Atr))) / 2,
        Cut((reading.PlusDi - reading.MinusDi) / 25) * Math.Min(reading.Adx / 40, 1),
        Cut(reading.MacdHistogram / (0.25 * reading.Atr)),
        reading.Supertrend);

    // Comparisons rather than Math.Clamp: NaN must stay NaN.
    private static double Cut(double value) => value > 1 ? 1 : value < -1 ? -1 : value;

    private static double Mean(double first, double second, double third, double fourth)
    {
        var (sum, count) = (0.0, 0);
        Take(first, ref sum, ref count);
        Take(second, ref sum, ref count);
        Take(third, ref sum, ref count);
        Take(fourth, ref sum, ref count);
        return count == 0 ? double.NaN : sum / count;
    }

    private static void Take(double value, ref double sum, ref int count)
    {
        if (!double.IsNaN(value))
        {
            sum += value;
            count++;
        }
    }

    private static void Add(double value, double weight, ref double sum, ref double total)
    {
        if (!double.IsNaN(value))
        {
            sum += weight * value;
            total += weight;
        }
    }

    private static void Count(double value, double weight, int side, ref double agreeing, ref double total)
    {
        if (!double.IsNaN(value))
        {
            agreeing += value * side > 0 ? weight : 0;
            total += weight;
        }
    }
}

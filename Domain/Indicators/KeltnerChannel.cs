using Trading.Domain.Indicators.Sliding;

namespace Trading.Domain.Indicators;

/// <summary>
/// Keltner channel (Keltner, 1960; in Raschke's form): the EMA of the close, and lines some average true ranges above
/// and below; in the price's unit. First at index max(period - 1, atr).
/// </summary>
public static class KeltnerChannel
{
    internal static readonly IndicatorParameter Period = IndicatorParameter.Period(20);
    internal static readonly IndicatorParameter Atr = IndicatorParameter.Bars("atr", 10);
    internal static readonly IndicatorParameter Multiplier = IndicatorParameter.Number("multiplier", 2, 0, 100);

    /// <summary>Its entry in the catalogue.</summary>
    public static IndicatorDefinition Definition { get; } = new CoreDefinition<KeltnerCore, HighLowClose, KeltnerValue>(
        "keltner", "Keltner channel", arguments => new KeltnerCore((int)arguments[0], (int)arguments[1], arguments[2]))
    {
        Inputs = [IndicatorInput.High, IndicatorInput.Low, IndicatorInput.Close],
        Parameters = [Period, Atr, Multiplier],
        Outputs = ["middle", "upper", "lower"],
    };

    /// <summary>The batch form.</summary>
    /// <param name="high">Highest prices, oldest first.</param>
    /// <param name="low">Lowest prices.</param>
    /// <param name="close">Last prices.</param>
    /// <param name="period">Bars, 1 to 10,000.</param>
    /// <param name="atr">Bars of the average true range, 1 to 10,000.</param>
    /// <param name="multiplier">Average true ranges from the middle to each line, 0 to 100.</param>
    /// <param name="middle">Receives the average, NaN before the first.</param>
    /// <param name="upper">Receives the upper line, NaN before the first.</param>
    /// <param name="lower">Receives the lower line, NaN before the first.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    /// <exception cref="ArgumentException">The spans differ in length or share memory.</exception>
    public static void Compute(
        ReadOnlySpan<double> high,
        ReadOnlySpan<double> low,
        ReadOnlySpan<double> close,
        int period,
        int atr,
        double multiplier,
        Span<double> middle,
        Span<double> upper,
        Span<double> lower) =>
        IndicatorBatch.Run<KeltnerCore, HighLowClose, KeltnerValue>(
            new KeltnerCore(period, atr, multiplier),
            new(high, low, close, count: 3),
            new(middle, upper, lower, count: 3));

    /// <summary>The streaming form.</summary>
    /// <param name="period">Bars, 1 to 10,000.</param>
    /// <param name="atr">Bars of the average true range, 1 to 10,000.</param>
    /// <param name="multiplier">Average true ranges from the middle to each line, 0 to 100.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public static IndicatorStream<HighLowClose, KeltnerValue> Stream(
        int period = 20, int atr = 10, double multiplier = 2) =>
        new CoreStream<KeltnerCore, HighLowClose, KeltnerValue>(new KeltnerCore(period, atr, multiplier));
}

/// <summary>The values of keltner channel.</summary>
/// <param name="Middle">The average.</param>
/// <param name="Upper">The upper line.</param>
/// <param name="Lower">The lower line.</param>
public readonly record struct KeltnerValue(double Middle, double Upper, double Lower);

internal struct KeltnerCore(int period, int atr, double multiplier)
    : IIndicatorCore<KeltnerCore, HighLowClose, KeltnerValue>
{
    private readonly long _period = KeltnerChannel.Period.Check(period);
    private readonly long _atrPeriod = KeltnerChannel.Atr.Check(atr);
    private readonly double _multiplier = KeltnerChannel.Multiplier.Check(multiplier);
    private ExponentialMean _mean = ExponentialMean.OfPeriod(period);
    private AtrCore _atr = new(atr);

    public readonly int WindowLength => _atr.WindowLength;

    public readonly int WarmUp => 10 * (int)Math.Max(_period, _atrPeriod);

    public readonly int FirstIndex(int output) => (int)Math.Max(_period - 1, _atrPeriod);

    public KeltnerValue Update(HighLowClose bar, Span<double> window)
    {
        var width = _multiplier * _atr.Update(bar, window);
        // All three start together: with the later of the mean and the range.
        var middle = _mean.Update(bar.Close) + (0 * width);
        return new KeltnerValue(middle, middle + width, middle - width);
    }
}

using Trading.Domain.Indicators.Sliding;

namespace Trading.Domain.Indicators;

/// <summary>
/// Average directional index (Wilder, 1978): how much more the bars reach out to one side than to the other, 0 to
/// 100. +DI and -DI are Wilder's means of the directional movement, in percent of that of the true range, first at
/// index period; the ADX is Wilder's mean of <c>100 * abs(+DI - -DI) / (+DI + -DI)</c>, first at index 2 * period -
/// 1. A bar without any directional movement so far leaves the ADX as it is; without any true range so far, nothing
/// is defined.
/// </summary>
public static class Adx
{
    internal static readonly IndicatorParameter Period = IndicatorParameter.Period(14);

    /// <summary>Its entry in the catalogue.</summary>
    public static IndicatorDefinition Definition { get; } = new CoreDefinition<AdxCore, HighLowClose, AdxValue>(
        "adx", "Average directional index", arguments => new AdxCore((int)arguments[0]))
    {
        Inputs = [IndicatorInput.High, IndicatorInput.Low, IndicatorInput.Close],
        Parameters = [Period],
        Outputs = ["adx", "plus_di", "minus_di"],
    };

    /// <summary>The batch form.</summary>
    /// <param name="high">Highest prices, oldest first.</param>
    /// <param name="low">Lowest prices.</param>
    /// <param name="close">Last prices.</param>
    /// <param name="period">Bars, 1 to 10,000.</param>
    /// <param name="adx">Receives the index, NaN before the first.</param>
    /// <param name="plusDi">Receives the upward directional indicator, NaN before the first.</param>
    /// <param name="minusDi">Receives the downward directional indicator, NaN before the first.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    /// <exception cref="ArgumentException">The spans differ in length or share memory.</exception>
    public static void Compute(
        ReadOnlySpan<double> high,
        ReadOnlySpan<double> low,
        ReadOnlySpan<double> close,
        int period,
        Span<double> adx,
        Span<double> plusDi,
        Span<double> minusDi) =>
        IndicatorBatch.Run<AdxCore, HighLowClose, AdxValue>(
            new AdxCore(period), new(high, low, close, count: 3), new(adx, plusDi, minusDi, count: 3));

    /// <summary>The streaming form.</summary>
    /// <param name="period">Bars, 1 to 10,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public static IndicatorStream<HighLowClose, AdxValue> Stream(int period = 14) =>
        new CoreStream<AdxCore, HighLowClose, AdxValue>(new AdxCore(period));
}

/// <summary>The values of average directional index.</summary>
/// <param name="Adx">The index.</param>
/// <param name="PlusDi">The upward directional indicator.</param>
/// <param name="MinusDi">The downward directional indicator.</param>
public readonly record struct AdxValue(double Adx, double PlusDi, double MinusDi);

internal struct AdxCore(int period) : IIndicatorCore<AdxCore, HighLowClose, AdxValue>
{
    private readonly long _period = Adx.Period.Check(period);
    private ExponentialMean _range = ExponentialMean.OfWilder(period);
    private ExponentialMean _up = ExponentialMean.OfWilder(period);
    private ExponentialMean _down = ExponentialMean.OfWilder(period);
    private ExponentialMean _adx = ExponentialMean.OfWilder(period);
    private HighLowClose _before = new(double.NaN, double.NaN, double.NaN);

    public readonly int WindowLength => 0;

    public readonly int WarmUp => 20 * (int)_period;

    public readonly int FirstIndex(int output) => output == 0 ? (2 * (int)_period) - 1 : (int)_period;

    public AdxValue Update(HighLowClose bar, Span<double> window)
    {
        var before = _before;
        _before = bar;
        if (double.IsNaN(before.Close))
        {
            return new AdxValue(double.NaN, double.NaN, double.NaN);
        }

        var up = bar.High - before.High;
        var down = before.Low - bar.Low;
        var range = _range.Update(bar.TrueRange(before.Close));
        var plus = _up.Update(up > down && up > 0 ? up : 0);
        var minus = _down.Update(down > up && down > 0 ? down : 0);
        // Without any range 0 / 0, which is undefined.
        return new AdxValue(Smooth(plus, minus), 100 * (plus / range), 100 * (minus / range));
    }

    private double Smooth(double plus, double minus)
    {
        var both = plus + minus;
        return both > 0 ? _adx.Update(100 * (Math.Abs(plus - minus) / both)) : _adx.Value;
    }
}

using Trading.Domain.Indicators.Sliding;

namespace Trading.Domain.Indicators;

/// <summary>
/// Aroon (Chande, 1995): how recent the highest high and the lowest low of the last <c>period</c> + 1 bars are; 100
/// where it is this bar, 0 where it is <c>period</c> bars ago. First at index period.
/// </summary>
public static class Aroon
{
    internal static readonly IndicatorParameter Period = IndicatorParameter.Period(25);

    /// <summary>Its entry in the catalogue.</summary>
    public static IndicatorDefinition Definition { get; } = new CoreDefinition<AroonCore, HighLow, AroonValue>(
        "aroon", "Aroon", arguments => new AroonCore((int)arguments[0]))
    {
        Inputs = [IndicatorInput.High, IndicatorInput.Low],
        Parameters = [Period],
        Outputs = ["up", "down"],
    };

    /// <summary>The batch form.</summary>
    /// <param name="high">Highest prices, oldest first.</param>
    /// <param name="low">Lowest prices.</param>
    /// <param name="period">Bars, 1 to 10,000.</param>
    /// <param name="up">Receives the recency of the highest high, NaN before the first.</param>
    /// <param name="down">Receives the recency of the lowest low, NaN before the first.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    /// <exception cref="ArgumentException">The spans differ in length or share memory.</exception>
    public static void Compute(
        ReadOnlySpan<double> high,
        ReadOnlySpan<double> low,
        int period,
        Span<double> up,
        Span<double> down) =>
        IndicatorBatch.Run<AroonCore, HighLow, AroonValue>(
            new AroonCore(period), new(high, low, count: 2), new(up, down, count: 2));

    /// <summary>The streaming form.</summary>
    /// <param name="period">Bars, 1 to 10,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public static IndicatorStream<HighLow, AroonValue> Stream(int period = 25) =>
        new CoreStream<AroonCore, HighLow, AroonValue>(new AroonCore(period));
}

/// <summary>The values of aroon.</summary>
/// <param name="Up">The recency of the highest high.</param>
/// <param name="Down">The recency of the lowest low.</param>
public readonly record struct AroonValue(double Up, double Down);

internal struct AroonCore(int period) : IIndicatorCore<AroonCore, HighLow, AroonValue>
{
    private readonly long _period = Aroon.Period.Check(period);
    private MaximumAge _highest = new(period + 1);
    private MaximumAge _lowest = new(period + 1);

    public readonly int WindowLength => _highest.WindowLength + _lowest.WindowLength;

    public readonly int WarmUp => FirstIndex(0);

    public readonly int FirstIndex(int output) => (int)_period;

    public AroonValue Update(HighLow bar, Span<double> window)
    {
        var up = _highest.Update(bar.High, window);
        var down = _lowest.Update(-bar.Low, window[_highest.WindowLength..]);
        return new AroonValue(100 * (_period - up) / _period, 100 * (_period - down) / _period);
    }
}

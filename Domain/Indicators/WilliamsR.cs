using Trading.Domain.Indicators.Sliding;

namespace Trading.Domain.Indicators;

/// <summary>
/// Williams %R (Williams, 1979): how far the close is below the highest high of the last <c>period</c> bars, in
/// percent of their range; -100 to 0. First at index period - 1. Undefined while the bars have no range.
/// </summary>
public static class WilliamsR
{
    internal static readonly IndicatorParameter Period = IndicatorParameter.Period(14);

    /// <summary>Its entry in the catalogue.</summary>
    public static IndicatorDefinition Definition { get; } = new CoreDefinition<WilliamsRCore, HighLowClose, double>(
        "williams_r", "Williams %R", arguments => new WilliamsRCore((int)arguments[0]))
    {
        Inputs = [IndicatorInput.High, IndicatorInput.Low, IndicatorInput.Close],
        Parameters = [Period],
        Outputs = ["williams_r"],
    };

    /// <summary>The batch form.</summary>
    /// <param name="high">Highest prices, oldest first.</param>
    /// <param name="low">Lowest prices.</param>
    /// <param name="close">Last prices.</param>
    /// <param name="period">Bars, 1 to 10,000.</param>
    /// <param name="values">Receives the values, NaN before the first.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    /// <exception cref="ArgumentException">The spans differ in length or share memory.</exception>
    public static void Compute(
        ReadOnlySpan<double> high,
        ReadOnlySpan<double> low,
        ReadOnlySpan<double> close,
        int period,
        Span<double> values) =>
        IndicatorBatch.Run<WilliamsRCore, HighLowClose, double>(
            new WilliamsRCore(period), new(high, low, close, count: 3), new(values));

    /// <summary>The streaming form.</summary>
    /// <param name="period">Bars, 1 to 10,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public static IndicatorStream<HighLowClose, double> Stream(int period = 14) =>
        new CoreStream<WilliamsRCore, HighLowClose, double>(new WilliamsRCore(period));
}

internal struct WilliamsRCore(int period) : IIndicatorCore<WilliamsRCore, HighLowClose, double>
{
    private readonly long _period = WilliamsR.Period.Check(period);
    private WindowMaximum _highest = new(period);
    private WindowMaximum _lowest = new(period);

    public readonly int WindowLength => 2 * (int)_period;

    public readonly int WarmUp => FirstIndex(0);

    public readonly int FirstIndex(int output) => (int)_period - 1;

    public double Update(HighLowClose bar, Span<double> window)
    {
        var highest = _highest.Update(bar.High, window);
        var lowest = -_lowest.Update(-bar.Low, window[(int)_period..]);
        return 100 * ((bar.Close - highest) / (highest - lowest));
    }
}

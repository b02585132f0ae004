using Trading.Domain.Indicators.Sliding;

namespace Trading.Domain.Indicators;

/// <summary>
/// Donchian channel (Donchian, 1950s): the highest high and the lowest low of the last <c>period</c> bars, this one
/// among them, and the middle between; in the price's unit. First at index period - 1.
/// </summary>
public static class DonchianChannel
{
    internal static readonly IndicatorParameter Period = IndicatorParameter.Period(20);

    /// <summary>Its entry in the catalogue.</summary>
    public static IndicatorDefinition Definition { get; } = new CoreDefinition<DonchianCore, HighLow, DonchianValue>(
        "donchian", "Donchian channel", arguments => new DonchianCore((int)arguments[0]))
    {
        Inputs = [IndicatorInput.High, IndicatorInput.Low],
        Parameters = [Period],
        Outputs = ["middle", "upper", "lower"],
    };

    /// <summary>The batch form.</summary>
    /// <param name="high">Highest prices, oldest first.</param>
    /// <param name="low">Lowest prices.</param>
    /// <param name="period">Bars, 1 to 10,000.</param>
    /// <param name="middle">Receives the middle, NaN before the first.</param>
    /// <param name="upper">Receives the highest high, NaN before the first.</param>
    /// <param name="lower">Receives the lowest low, NaN before the first.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    /// <exception cref="ArgumentException">The spans differ in length or share memory.</exception>
    public static void Compute(
        ReadOnlySpan<double> high,
        ReadOnlySpan<double> low,
        int period,
        Span<double> middle,
        Span<double> upper,
        Span<double> lower) =>
        IndicatorBatch.Run<DonchianCore, HighLow, DonchianValue>(
            new DonchianCore(period), new(high, low, count: 2), new(middle, upper, lower, count: 3));

    /// <summary>The streaming form.</summary>
    /// <param name="period">Bars, 1 to 10,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public static IndicatorStream<HighLow, DonchianValue> Stream(int period = 20) =>
        new CoreStream<DonchianCore, HighLow, DonchianValue>(new DonchianCore(period));
}

/// <summary>The values of donchian channel.</summary>
/// <param name="Middle">The middle.</param>
/// <param name="Upper">The highest high.</param>
/// <param name="Lower">The lowest low.</param>
public readonly record struct DonchianValue(double Middle, double Upper, double Lower);

internal struct DonchianCore(int period) : IIndicatorCore<DonchianCore, HighLow, DonchianValue>
{
    private readonly long _period = DonchianChannel.Period.Check(period);
    private WindowMaximum _highest = new(period);
    private WindowMaximum _lowest = new(period);

    public readonly int WindowLength => 2 * (int)_period;

    public readonly int WarmUp => FirstIndex(0);

    public readonly int FirstIndex(int output) => (int)_period - 1;

    public DonchianValue Update(HighLow bar, Span<double> window)
    {
        var highest = _highest.Update(bar.High, window);
        var lowest = -_lowest.Update(-bar.Low, window[(int)_period..]);
        return new DonchianValue((highest + lowest) / 2, highest, lowest);
    }
}

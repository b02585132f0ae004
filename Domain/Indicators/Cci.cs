namespace Trading.Domain.Indicators;

/// <summary>
/// Commodity channel index (Lambert, 1980): the typical price (of high, low and close) less its mean over the last
/// <c>period</c> bars, over 0.015 times the mean absolute deviation from that mean. First at index period - 1.
/// Undefined while the typical price does not move.
/// </summary>
public static class Cci
{
    internal static readonly IndicatorParameter Period = IndicatorParameter.Period(20, 2);

    /// <summary>Its entry in the catalogue.</summary>
    public static IndicatorDefinition Definition { get; } = new CoreDefinition<CciCore, HighLowClose, double>(
        "cci", "Commodity channel index", arguments => new CciCore((int)arguments[0]))
    {
        Inputs = [IndicatorInput.High, IndicatorInput.Low, IndicatorInput.Close],
        Parameters = [Period],
        Outputs = ["cci"],
    };

    /// <summary>The batch form.</summary>
    /// <param name="high">Highest prices, oldest first.</param>
    /// <param name="low">Lowest prices.</param>
    /// <param name="close">Last prices.</param>
    /// <param name="period">Bars, 2 to 10,000.</param>
    /// <param name="cci">Receives the values, NaN before the first.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    /// <exception cref="ArgumentException">The spans differ in length or share memory.</exception>
    public static void Compute(
        ReadOnlySpan<double> high,
        ReadOnlySpan<double> low,
        ReadOnlySpan<double> close,
        int period,
        Span<double> cci) =>
        IndicatorBatch.Run<CciCore, HighLowClose, double>(
            new CciCore(period), new(high, low, close, count: 3), new(cci));

    /// <summary>The streaming form.</summary>
    /// <param name="period">Bars, 2 to 10,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public static IndicatorStream<HighLowClose, double> Stream(int period = 20) =>
        new CoreStream<CciCore, HighLowClose, double>(new CciCore(period));
}

internal struct CciCore(int period) : IIndicatorCore<CciCore, HighLowClose, double>
{
    private const double Lambert = 0.015;

    private readonly long _period = Cci.Period.Check(period);
    private long _position;
    private long _isFull;

    public readonly int WindowLength => (int)_period;

    public readonly int WarmUp => FirstIndex(0);

    public readonly int FirstIndex(int output) => (int)_period - 1;

    public double Update(HighLowClose bar, Span<double> window)
    {
        var price = bar.TypicalPrice;
        window[(int)_position] = price;
        if (++_position == _period)
        {
            _position = 0;
            _isFull = 1;
        }

        if (_isFull == 0)
        {
            return double.NaN;
        }

        // From the oldest on: the rest of the ring, then its start.
        var older = window[(int)_position..(int)_period];
        var newer = window[..(int)_position];
        var mean = Differences(newer, price, Differences(older, price, 0)) * (1.0 / _period);
        var deviation = Deviations(newer, price, mean, Deviations(older, price, mean, 0)) * (1.0 / _period);
        return -mean / (Lambert * deviation);
    }

    private static double Differences(ReadOnlySpan<double> prices, double from, double sum)
    {
        foreach (var price in prices)
        {
            sum += price - from;
        }

        return sum;
    }

    private static double Deviations(ReadOnlySpan<double> prices, double from, double mean, double sum)
    {
        foreach (var price in prices)
        {
            sum += Math.Abs(price - from - mean);
        }

        return sum;
    }
}

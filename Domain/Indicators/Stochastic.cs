using Trading.Domain.Indicators.Sliding;

namespace Trading.Domain.Indicators;

/// <summary>
/// Stochastic oscillator (Lane, 1950s): where the close is between the lowest low (0) and the highest high (100) of
/// the last
/// <c>period</c> bars; %K is the mean of the last <c>smoothing</c> of that, %D the mean of the last <c>signal</c> %K.
/// %K first at index period + smoothing - 2, %D at signal - 1 after that. Undefined while the bars have no range.
/// </summary>
public static class Stochastic
{
    internal static readonly IndicatorParameter Period = IndicatorParameter.Period(14);
    internal static readonly IndicatorParameter Smoothing = IndicatorParameter.Bars("smoothing", 3);
    internal static readonly IndicatorParameter Signal = IndicatorParameter.Bars("signal", 3);

    /// <summary>Its entry in the catalogue.</summary>
    public static IndicatorDefinition Definition { get; } =
        new CoreDefinition<StochasticCore, HighLowClose, StochasticValue>(
            "stochastic",
            "Stochastic oscillator",
            arguments => new StochasticCore((int)arguments[0], (int)arguments[1], (int)arguments[2]))
        {
            Inputs = [IndicatorInput.High, IndicatorInput.Low, IndicatorInput.Close],
            Parameters = [Period, Smoothing, Signal],
            Outputs = ["k", "d"],
        };

    /// <summary>The batch form.</summary>
    /// <param name="high">Highest prices, oldest first.</param>
    /// <param name="low">Lowest prices.</param>
    /// <param name="close">Last prices.</param>
    /// <param name="period">Bars, 1 to 10,000.</param>
    /// <param name="smoothing">Values in the mean that is %K, 1 (the fast form) to 10,000.</param>
    /// <param name="signal">Values of %K in the mean that is %D, 1 to 10,000.</param>
    /// <param name="k">Receives %K, NaN before the first.</param>
    /// <param name="d">Receives %D, NaN before the first.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    /// <exception cref="ArgumentException">The spans differ in length or share memory.</exception>
    public static void Compute(
        ReadOnlySpan<double> high,
        ReadOnlySpan<double> low,
        ReadOnlySpan<double> close,
        int period,
        int smoothing,
        int signal,
        Span<double> k,
        Span<double> d) =>
        IndicatorBatch.Run<StochasticCore, HighLowClose, StochasticValue>(
            new StochasticCore(period, smoothing, signal), new(high, low, close, count: 3), new(k, d, count: 2));

    /// <summary>The streaming form.</summary>
    /// <param name="period">Bars, 1 to 10,000.</param>
    /// <param name="smoothing">Values in the mean that is %K, 1 (the fast form) to 10,000.</param>
    /// <param name="signal">Values of %K in the mean that is %D, 1 to 10,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public static IndicatorStream<HighLowClose, StochasticValue> Stream(
        int period = 14, int smoothing = 3, int signal = 3) =>
        new CoreStream<StochasticCore, HighLowClose, StochasticValue>(new StochasticCore(period, smoothing, signal));
}

/// <summary>The values of stochastic oscillator.</summary>
/// <param name="K">%K.</param>
/// <param name="D">%D.</param>
public readonly record struct StochasticValue(double K, double D);

internal struct StochasticCore(int period, int smoothing, int signal)
    : IIndicatorCore<StochasticCore, HighLowClose, StochasticValue>
{
    private readonly long _period = Stochastic.Period.Check(period);
    private readonly long _smoothing = Stochastic.Smoothing.Check(smoothing);
    private readonly long _signal = Stochastic.Signal.Check(signal);
    private WindowMaximum _highest = new(period);
    private WindowMaximum _lowest = new(period);
    private WindowSum _k = new(smoothing);
    private WindowSum _d = new(signal);

    public readonly int WindowLength => (int)((2 * _period) + _smoothing + _signal);

    public readonly int WarmUp => FirstIndex(1);

    public readonly int FirstIndex(int output) =>
        (int)(_period + _smoothing - 2 + (output == 0 ? 0 : _signal - 1));

    public StochasticValue Update(HighLowClose bar, Span<double> window)
    {
        var period = (int)_period;
        var highest = _highest.Update(bar.High, window);
        var lowest = -_lowest.Update(-bar.Low, window[period..]);
        // Without a range 0 / 0, which is undefined, and so are the means that it is in.
        var k = _k.Mean(100 * ((bar.Close - lowest) / (highest - lowest)), window[(2 * period)..]);
        return new StochasticValue(k, _d.Mean(k, window[((2 * period) + (int)_smoothing)..]));
    }
}

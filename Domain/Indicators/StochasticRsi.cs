using Trading.Domain.Indicators.Sliding;

namespace Trading.Domain.Indicators;

/// <summary>
/// Stochastic RSI (Chande and Kroll, 1994): where the RSI is between its lowest (0) and its highest (100) of the last
/// <c>period</c> bars; %K is the mean of the last <c>smoothing</c> of that (1: the value itself, as in TA-Lib), %D
/// the mean of the last <c>signal</c> %K. %K first at index rsi + period + smoothing - 2. Undefined while the RSI
/// does not move.
/// </summary>
public static class StochasticRsi
{
    internal static readonly IndicatorParameter Rsi = IndicatorParameter.Bars("rsi", 14, 2);
    internal static readonly IndicatorParameter Period = IndicatorParameter.Period(14, 2);
    internal static readonly IndicatorParameter Smoothing = IndicatorParameter.Bars("smoothing", 1);
    internal static readonly IndicatorParameter Signal = IndicatorParameter.Bars("signal", 3);

    /// <summary>Its entry in the catalogue.</summary>
    public static IndicatorDefinition Definition { get; } =
        new CoreDefinition<StochasticRsiCore, double, StochasticRsiValue>(
            "stochastic_rsi",
            "Stochastic RSI",
            arguments => new StochasticRsiCore(
                (int)arguments[0], (int)arguments[1], (int)arguments[2], (int)arguments[3]))
        {
            Inputs = [IndicatorInput.Source],
            Parameters = [Rsi, Period, Smoothing, Signal],
            Outputs = ["k", "d"],
        };

    /// <summary>The batch form.</summary>
    /// <param name="source">The values, oldest first.</param>
    /// <param name="rsi">Bars of the RSI, 2 to 10,000.</param>
    /// <param name="period">Values of the RSI that are looked at, 2 to 10,000.</param>
    /// <param name="smoothing">Values in the mean that is %K, 1 to 10,000.</param>
    /// <param name="signal">Values of %K in the mean that is %D, 1 to 10,000.</param>
    /// <param name="k">Receives %K, NaN before the first.</param>
    /// <param name="d">Receives %D, NaN before the first.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    /// <exception cref="ArgumentException">The spans differ in length or share memory.</exception>
    public static void Compute(
        ReadOnlySpan<double> source,
        int rsi,
        int period,
        int smoothing,
        int signal,
        Span<double> k,
        Span<double> d) =>
        IndicatorBatch.Run<StochasticRsiCore, double, StochasticRsiValue>(
            new StochasticRsiCore(rsi, period, smoothing, signal), new(source), new(k, d, count: 2));

    /// <summary>The streaming form.</summary>
    /// <param name="rsi">Bars of the RSI, 2 to 10,000.</param>
    /// <param name="period">Values of the RSI that are looked at, 2 to 10,000.</param>
    /// <param name="smoothing">Values in the mean that is %K, 1 to 10,000.</param>
    /// <param name="signal">Values of %K in the mean that is %D, 1 to 10,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public static IndicatorStream<double, StochasticRsiValue> Stream(
        int rsi = 14, int period = 14, int smoothing = 1, int signal = 3) =>
        new CoreStream<StochasticRsiCore, double, StochasticRsiValue>(
            new StochasticRsiCore(rsi, period, smoothing, signal));
}

/// <summary>The values of stochastic RSI.</summary>
/// <param name="K">%K.</param>
/// <param name="D">%D.</param>
public readonly record struct StochasticRsiValue(double K, double D);

internal struct StochasticRsiCore(int rsi, int period, int smoothing, int signal)
    : IIndicatorCore<StochasticRsiCore, double, StochasticRsiValue>
{
    private readonly long _rsiPeriod = StochasticRsi.Rsi.Check(rsi);
    private readonly long _period = StochasticRsi.Period.Check(period);
    private readonly long _smoothing = StochasticRsi.Smoothing.Check(smoothing);
    private readonly long _signal = StochasticRsi.Signal.Check(signal);
    private RsiCore _rsi = new(rsi);
    private WindowMaximum _highest = new(period);
    private WindowMaximum _lowest = new(period);
    private WindowSum _k = new(smoothing);
    private WindowSum _d = new(signal);

    public readonly int WindowLength => (int)((2 * _period) + _smoothing + _signal);

    public readonly int WarmUp => (int)(10 * _rsiPeriod) + FirstIndex(1);

    public readonly int FirstIndex(int output) =>
        (int)(_rsiPeriod + _period + _smoothing - 2 + (output == 0 ? 0 : _signal - 1));

    public StochasticRsiValue Update(double bar, Span<double> window)
    {
        var rsi = _rsi.Update(bar, default);
        if (double.IsNaN(rsi))
        {
            return new StochasticRsiValue(double.NaN, double.NaN);
        }

        var period = (int)_period;
        var highest = _highest.Update(rsi, window);
        var lowest = -_lowest.Update(-rsi, window[period..]);
        // Without a range 0 / 0, which is undefined, and so are the means that it is in.
        var k = _k.Mean(100 * ((rsi - lowest) / (highest - lowest)), window[(2 * period)..]);
        return new StochasticRsiValue(k, _d.Mean(k, window[((2 * period) + (int)_smoothing)..]));
    }
}

using Trading.Domain.Indicators.Sliding;

namespace Trading.Domain.Indicators;

/// <summary>
/// Relative strength index (Wilder, New Concepts in Technical Trading Systems, 1978): the share of the gains in all
/// changes,
/// <c>100 * gain / (gain + loss)</c>, each smoothed by Wilder's mean; 0 to 100. 50 where nothing has changed at all.
/// First at index period.
/// </summary>
public static class Rsi
{
    internal static readonly IndicatorParameter Period = IndicatorParameter.Period(14);

    /// <summary>Its entry in the catalogue.</summary>
    public static IndicatorDefinition Definition { get; } = new CoreDefinition<RsiCore, double, double>(
        "rsi", "Relative strength index", arguments => new RsiCore((int)arguments[0]))
    {
        Inputs = [IndicatorInput.Source],
        Parameters = [Period],
        Outputs = ["rsi"],
    };

    /// <summary>The batch form.</summary>
    /// <param name="source">The values, oldest first.</param>
    /// <param name="period">Bars, 1 to 10,000.</param>
    /// <param name="rsi">Receives the values, NaN before the first; as long as the source, and apart from it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The period is out of range.</exception>
    /// <exception cref="ArgumentException">The spans differ in length or share memory.</exception>
    public static void Compute(ReadOnlySpan<double> source, int period, Span<double> rsi) =>
        IndicatorBatch.Run<RsiCore, double, double>(new RsiCore(period), new(source), new(rsi));

    /// <summary>The streaming form.</summary>
    /// <param name="period">Bars, 1 to 10,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">The period is out of range.</exception>
    public static IndicatorStream<double, double> Stream(int period) =>
        new CoreStream<RsiCore, double, double>(new RsiCore(period));
}

internal struct RsiCore(int period) : IIndicatorCore<RsiCore, double, double>
{
    private const double Flat = 50;

    private readonly long _period = Rsi.Period.Check(period);
    private ExponentialMean _gain = ExponentialMean.OfWilder(period);
    private ExponentialMean _loss = ExponentialMean.OfWilder(period);
    private double _before = double.NaN;

    public readonly int WindowLength => 0;

    public readonly int WarmUp => 10 * (int)_period;

    public readonly int FirstIndex(int output) => (int)_period;

    public double Update(double bar, Span<double> window)
    {
        var change = bar - _before;
        _before = bar;
        if (double.IsNaN(change))
        {
            return double.NaN;
        }

        var gain = _gain.Update(Math.Max(change, 0));
        var loss = _loss.Update(Math.Max(-change, 0));
        var all = gain + loss;
        return all == 0 ? Flat : 100 * (gain / all);
    }
}

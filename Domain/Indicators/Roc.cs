using Trading.Domain.Indicators.Sliding;

namespace Trading.Domain.Indicators;

/// <summary>
/// Rate of change: by how many percent the value has changed in <c>period</c> bars. First at index period. Undefined
/// where the value before is 0.
/// </summary>
public static class Roc
{
    internal static readonly IndicatorParameter Period = IndicatorParameter.Period(10);

    /// <summary>Its entry in the catalogue.</summary>
    public static IndicatorDefinition Definition { get; } = new CoreDefinition<RocCore, double, double>(
        "roc", "Rate of change", arguments => new RocCore((int)arguments[0]))
    {
        Inputs = [IndicatorInput.Source],
        Parameters = [Period],
        Outputs = ["roc"],
    };

    /// <summary>The batch form.</summary>
    /// <param name="source">The values, oldest first.</param>
    /// <param name="period">Bars, 1 to 10,000.</param>
    /// <param name="change">Receives the changes, NaN before the first.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    /// <exception cref="ArgumentException">The spans differ in length or share memory.</exception>
    public static void Compute(ReadOnlySpan<double> source, int period, Span<double> change) =>
        IndicatorBatch.Run<RocCore, double, double>(
            new RocCore(period), new(source), new(change));

    /// <summary>The streaming form.</summary>
    /// <param name="period">Bars, 1 to 10,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public static IndicatorStream<double, double> Stream(int period = 10) =>
        new CoreStream<RocCore, double, double>(new RocCore(period));
}

internal struct RocCore(int period) : IIndicatorCore<RocCore, double, double>
{
    private readonly long _period = Roc.Period.Check(period);
    private Delay _delay = new(period);

    public readonly int WindowLength => _delay.WindowLength;

    public readonly int WarmUp => FirstIndex(0);

    public readonly int FirstIndex(int output) => (int)_period;

    public double Update(double bar, Span<double> window)
    {
        var before = _delay.Exchange(bar, window);
        return before == 0 ? double.NaN : 100 * ((bar - before) / before);
    }
}

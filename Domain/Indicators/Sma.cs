using Trading.Domain.Indicators.Sliding;

namespace Trading.Domain.Indicators;

/// <summary>
/// Simple moving average: the mean of the last <c>period</c> values, in their unit. First at index period - 1.
/// </summary>
public static class Sma
{
    internal static readonly IndicatorParameter Period = IndicatorParameter.Period(20);

    /// <summary>Its entry in the catalogue.</summary>
    public static IndicatorDefinition Definition { get; } = new CoreDefinition<SmaCore, double, double>(
        "sma", "Simple moving average", arguments => new SmaCore((int)arguments[0]))
    {
        Inputs = [IndicatorInput.Source],
        Parameters = [Period],
        Outputs = ["sma"],
    };

    /// <summary>The batch form.</summary>
    /// <param name="source">The values, oldest first.</param>
    /// <param name="period">Bars, 1 to 10,000.</param>
    /// <param name="average">Receives the averages, NaN before the first; as long as the source, and apart from
    /// it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The period is out of range.</exception>
    /// <exception cref="ArgumentException">The spans differ in length or share memory.</exception>
    public static void Compute(ReadOnlySpan<double> source, int period, Span<double> average) =>
        IndicatorBatch.Run<SmaCore, double, double>(new SmaCore(period), new(source), new(average));

    /// <summary>The streaming form.</summary>
    /// <param name="period">Bars, 1 to 10,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">The period is out of range.</exception>
    public static IndicatorStream<double, double> Stream(int period) =>
        new CoreStream<SmaCore, double, double>(new SmaCore(period));
}

internal struct SmaCore(int period) : IIndicatorCore<SmaCore, double, double>
{
    private readonly long _period = Sma.Period.Check(period);
    private WindowSum _sum = new(period);

    public readonly int WindowLength => _sum.WindowLength;

    public readonly int WarmUp => FirstIndex(0);

    public readonly int FirstIndex(int output) => (int)_period - 1;

    public double Update(double bar, Span<double> window) => _sum.Mean(bar, window);

    public static void Compute(SmaCore core, InputColumns inputs, OutputColumns outputs)
    {
        Span<double> lanes = stackalloc double[SmaKernel.LanesLength((int)core._period)];
        var kernel = new SmaKernel((int)core._period, inputs.First, outputs.First, lanes);
        IndicatorBatch.Tiles(ref kernel, inputs, outputs, kernel.Tile, (int)core._period);
    }
}

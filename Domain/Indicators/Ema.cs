using Trading.Domain.Indicators.Sliding;

namespace Trading.Domain.Indicators;

/// <summary>
/// Exponential moving average: <c>ema = alpha * value + (1 - alpha) * ema before</c>, alpha = 2 / (period + 1),
/// seeded with the plain mean of the first <c>period</c> values; in their unit. First at index period - 1.
/// </summary>
public static class Ema
{
    internal static readonly IndicatorParameter Period = IndicatorParameter.Period(20);

    /// <summary>Its entry in the catalogue.</summary>
    public static IndicatorDefinition Definition { get; } = new CoreDefinition<EmaCore, double, double>(
        "ema", "Exponential moving average", arguments => new EmaCore((int)arguments[0]))
    {
        Inputs = [IndicatorInput.Source],
        Parameters = [Period],
        Outputs = ["ema"],
    };

    /// <summary>The batch form.</summary>
    /// <param name="source">The values, oldest first.</param>
    /// <param name="period">Bars, 1 to 10,000.</param>
    /// <param name="average">Receives the averages, NaN before the first; as long as the source, and apart from
    /// it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The period is out of range.</exception>
    /// <exception cref="ArgumentException">The spans differ in length or share memory.</exception>
    public static void Compute(ReadOnlySpan<double> source, int period, Span<double> average) =>
        IndicatorBatch.Run<EmaCore, double, double>(new EmaCore(period), new(source), new(average));

    /// <summary>The streaming form.</summary>
    /// <param name="period">Bars, 1 to 10,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">The period is out of range.</exception>
    public static IndicatorStream<double, double> Stream(int period) =>
        new CoreStream<EmaCore, double, double>(new EmaCore(period));
}

internal struct EmaCore(int period) : IIndicatorCore<EmaCore, double, double>
{
    private readonly long _period = Ema.Period.Check(period);
    private ExponentialMean _mean = ExponentialMean.OfPeriod(period);

    public readonly int WindowLength => 0;

    public readonly int WarmUp => 10 * (int)_period;

    public readonly int FirstIndex(int output) => (int)_period - 1;

    public double Update(double bar, Span<double> window) => _mean.Update(bar);

    public static void Compute(EmaCore core, InputColumns inputs, OutputColumns outputs)
    {
        var kernel = new Kernel(core._mean, inputs.First, outputs.First);
        IndicatorBatch.Tiles(ref kernel, inputs, outputs);
    }

    private ref struct Kernel(ExponentialMean start, ReadOnlySpan<double> source, Span<double> average) : ITileKernel
    {
        private readonly ReadOnlySpan<double> _source = source;
        private readonly Span<double> _average = average;
        private ExponentialMean _mean;

        public void Restart(int bar) => _mean = start;

        public void Run(int from, int to) => _mean.Update(_source[from..to], _average[from..to]);
    }
}

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
        var kernel = new Kernel((int)core._period, inputs.First, outputs.First);
        IndicatorBatch.Tiles(ref kernel, inputs, outputs);
    }

    /// <summary>
    /// <see cref="WindowSum"/> with the inputs for its memory: the sums to the end of a closed block wait in the
    /// output, where the bars of the next block add theirs.
    /// </summary>
    private ref struct Kernel(int period, ReadOnlySpan<double> source, Span<double> average) : ITileKernel
    {
        private readonly ReadOnlySpan<double> _source = source;
        private readonly Span<double> _average = average;
        private readonly double _inverse = 1.0 / period;
        private int _block;
        private bool _isFull;
        private double _shift;
        private double _prefix;

        public void Restart(int bar)
        {
            _block = bar;
            _isFull = false;
        }

        public void Run(int from, int to)
        {
            while (from < to)
            {
                var last = _block + period - 1;
                var end = Math.Min(to, last);
                Extend(from, end);
                from = end;
                if (from == last && from < to)
                {
                    Close(last);
                    from++;
                }
            }
        }

        private void Extend(int from, int end)
        {
            var average = _average[from..end];
            if (!_isFull)
            {
                average.Fill(double.NaN);
                return;
            }

            var source = _source.Slice(from, average.Length);
            var (shift, prefix, inverse) = (_shift, _prefix, _inverse);
            for (var index = 0; index < average.Length; index++)
            {
                prefix += source[index] - shift;
                average[index] = Math.FusedMultiplyAdd(average[index] + prefix, inverse, shift);
            }

            _prefix = prefix;
        }

        private void Close(int last)
        {
            var shift = _source[last];
            var sum = 0.0;
            var source = _source[_block..(last + 1)];
            // The last block's sums end where the output does.
            var room = Math.Min(period - 1, _average.Length - last - 1);
            var index = period - 1;
            for (; index > room; index--)
            {
                sum += source[index] - shift;
            }

            var average = _average.Slice(last + 1, room);
            for (; index > 0; index--)
            {
                sum += source[index] - shift;
                average[index - 1] = sum;
            }

            sum += source[0] - shift;
            _average[last] = Math.FusedMultiplyAdd(sum, _inverse, shift);
            _shift = shift;
            _prefix = 0;
            _isFull = true;
            _block = last + 1;
        }
    }
}

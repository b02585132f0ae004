using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Trading.Domain.Indicators.Sliding;

namespace Trading.Domain.Indicators;

/// <summary>
/// Bollinger bands (Bollinger, 1980s): the mean of the last <c>period</c> values, and bands some population standard
/// deviations (divided by the period) above and below; in the source's unit. First at index period - 1.
/// </summary>
public static class BollingerBands
{
    internal static readonly IndicatorParameter Period = IndicatorParameter.Period(20);
    internal static readonly IndicatorParameter Deviations = IndicatorParameter.Number("deviations", 2, 0, 100);

    /// <summary>Its entry in the catalogue.</summary>
    public static IndicatorDefinition Definition { get; } = new CoreDefinition<BollingerCore, double, BollingerValue>(
        "bollinger", "Bollinger bands", arguments => new BollingerCore((int)arguments[0], arguments[1]))
    {
        Inputs = [IndicatorInput.Source],
        Parameters = [Period, Deviations],
        Outputs = ["middle", "upper", "lower"],
    };

    /// <summary>The batch form.</summary>
    /// <param name="source">The values, oldest first.</param>
    /// <param name="period">Bars, 1 to 10,000.</param>
    /// <param name="deviations">Standard deviations from the middle to each band, 0 to 100.</param>
    /// <param name="middle">Receives the means, NaN before the first.</param>
    /// <param name="upper">Receives the upper band.</param>
    /// <param name="lower">Receives the lower band.</param>
    /// <exception cref="ArgumentOutOfRangeException">The period or the deviations are out of range.</exception>
    /// <exception cref="ArgumentException">The spans differ in length or share memory.</exception>
    public static void Compute(
        ReadOnlySpan<double> source,
        int period,
        double deviations,
        Span<double> middle,
        Span<double> upper,
        Span<double> lower) =>
        IndicatorBatch.Run<BollingerCore, double, BollingerValue>(
            new BollingerCore(period, deviations), new(source), new(middle, upper, lower, count: 3));

    /// <summary>The streaming form.</summary>
    /// <param name="period">Bars, 1 to 10,000.</param>
    /// <param name="deviations">Standard deviations from the middle to each band, 0 to 100.</param>
    /// <exception cref="ArgumentOutOfRangeException">The period or the deviations are out of range.</exception>
    public static IndicatorStream<double, BollingerValue> Stream(int period = 20, double deviations = 2) =>
        new CoreStream<BollingerCore, double, BollingerValue>(new BollingerCore(period, deviations));
}

/// <summary>The values of Bollinger bands.</summary>
/// <param name="Middle">The mean.</param>
/// <param name="Upper">The upper band.</param>
/// <param name="Lower">The lower band.</param>
public readonly record struct BollingerValue(double Middle, double Upper, double Lower);

internal struct BollingerCore(int period, double deviations) : IIndicatorCore<BollingerCore, double, BollingerValue>
{
    private readonly long _period = BollingerBands.Period.Check(period);
    private readonly double _deviations = BollingerBands.Deviations.Check(deviations);
    private WindowMoments _moments = new(period);

    public readonly int WindowLength => _moments.WindowLength;

    public readonly int WarmUp => FirstIndex(0);

    public readonly int FirstIndex(int output) => (int)_period - 1;

    public BollingerValue Update(double bar, Span<double> window)
    {
        var (mean, squares) = _moments.Update(bar, window);
        var width = _deviations * Math.Sqrt(squares * (1.0 / _period));
        return new BollingerValue(mean, mean + width, mean - width);
    }

    public static void Compute(BollingerCore core, InputColumns inputs, OutputColumns outputs)
    {
        var kernel = new Kernel((int)core._period, core._deviations, inputs.First, outputs);
        IndicatorBatch.Tiles(ref kernel, inputs, outputs);
    }

    /// <summary>
    /// <see cref="WindowMoments"/> with the inputs for its memory: the sums to the end of a closed block wait in the
    /// places of the middle and the upper band, where the bars of the next block add theirs.
    /// </summary>
    private ref struct Kernel(int period, double deviations, ReadOnlySpan<double> source, OutputColumns outputs)
        : ITileKernel
    {
        private readonly ReadOnlySpan<double> _source = source;
        private readonly Span<double> _middle = outputs[0];
        private readonly Span<double> _upper = outputs[1];
        private readonly Span<double> _lower = outputs[2];
        private readonly double _inverse = 1.0 / period;
        private int _block;
        private bool _isFull;
        private double _shift;
        private double _sum;
        private double _squares;

        public void Restart(int bar)
        {
            _block = bar;
            _isFull = false;
        }

        public void Run(int from, int to)
        {
            var start = from;
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

            Widen(_middle[start..to], _upper[start..to], _lower[start..to]);
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private void Extend(int from, int end)
        {
            var middle = _middle[from..end];
            var upper = _upper.Slice(from, middle.Length);
            if (!_isFull)
            {
                middle.Fill(double.NaN);
                upper.Fill(double.NaN);
                return;
            }

            var source = _source.Slice(from, middle.Length);
            var (shift, inverse, prefix, prefixOfSquares) = (_shift, _inverse, _sum, _squares);
            for (var index = 0; index < middle.Length; index++)
            {
                var difference = source[index] - shift;
                prefix += difference;
                prefixOfSquares = Math.FusedMultiplyAdd(difference, difference, prefixOfSquares);
                var sum = middle[index] + prefix;
                upper[index] = upper[index] + prefixOfSquares - (sum * (sum * inverse));
                middle[index] = Math.FusedMultiplyAdd(sum, inverse, shift);
            }

            (_sum, _squares) = (prefix, prefixOfSquares);
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private void Close(int last)
        {
            var source = _source[_block..(last + 1)];
            var shift = _source[last];
            var (sum, squares) = (0.0, 0.0);
            // The last block's sums end where the outputs do.
            var room = Math.Min(period - 1, _middle.Length - last - 1);
            var middle = _middle.Slice(last + 1, room);
            var upper = _upper.Slice(last + 1, room);
            for (var index = period - 1; index > 0; index--)
            {
                var difference = source[index] - shift;
                sum += difference;
                squares = Math.FusedMultiplyAdd(difference, difference, squares);
                if (index <= room)
                {
                    middle[index - 1] = sum;
                    upper[index - 1] = squares;
                }
            }

            var first = source[0] - shift;
            sum += first;
            squares = Math.FusedMultiplyAdd(first, first, squares);
            _upper[last] = squares - (sum * (sum * _inverse));
            _middle[last] = Math.FusedMultiplyAdd(sum, _inverse, shift);
            _shift = shift;
            _sum = 0;
            _squares = 0;
            _isFull = true;
            _block = last + 1;
        }

        /// <summary>From the means, and the squared differences in the upper band's place, to the bands.</summary>
        [MethodImpl(MethodImplOptions.NoInlining)]
        private readonly void Widen(Span<double> middle, Span<double> upper, Span<double> lower)
        {
            ref var mean = ref MemoryMarshal.GetReference(middle);
            ref var above = ref MemoryMarshal.GetReference(upper);
            ref var below = ref MemoryMarshal.GetReference(lower);
            var index = 0;
            for (; index <= middle.Length - Vector256<double>.Count; index += Vector256<double>.Count)
            {
                var at = (nuint)index;
                var squares = Vector256.Max(Vector256<double>.Zero, Vector256.LoadUnsafe(ref above, at));
                var width = Vector256.Sqrt(squares * _inverse) * deviations;
                var centre = Vector256.LoadUnsafe(ref mean, at);
                (centre + width).StoreUnsafe(ref above, at);
                (centre - width).StoreUnsafe(ref below, at);
            }

            for (; index < middle.Length; index++)
            {
                var width = deviations * Math.Sqrt(Math.Max(0, upper[index]) * _inverse);
                upper[index] = middle[index] + width;
                lower[index] = middle[index] - width;
            }
        }
    }
}

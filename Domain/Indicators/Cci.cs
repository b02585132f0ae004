using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

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

    public static void Compute(CciCore core, InputColumns inputs, OutputColumns outputs)
    {
        var prices = ArrayPool<double>.Shared.Rent((int)core._period - 1 + IndicatorBatch.Tile);
        var kernel = new Kernel(core, inputs, outputs.First, prices);
        IndicatorBatch.Tiles(ref kernel, inputs, outputs);
        ArrayPool<double>.Shared.Return(prices);
    }

    /// <summary>The bars of a tile side by side, each with its own window of typical prices.</summary>
    private ref struct Kernel(CciCore start, InputColumns inputs, Span<double> cci, Span<double> prices) : ITileKernel
    {
        private readonly InputColumns _inputs = inputs;
        private readonly Span<double> _cci = cci;
        private readonly Span<double> _prices = prices;
        private readonly int _period = (int)start._period;
        private readonly double _inverse = 1.0 / start._period;
        // Typical prices of bars before the tile that are in its windows.
        private int _kept;

        public void Restart(int bar) => _kept = 0;

        public void Run(int from, int to)
        {
            var cci = _cci[from..to];
            for (var bar = from; bar < to; bar++)
            {
                _prices[_kept + bar - from] = _inputs.Read<HighLowClose>(bar).TypicalPrice;
            }

            var prices = _prices[..(_kept + cci.Length)];
            var none = Math.Min(_period - 1 - _kept, cci.Length);
            cci[..none].Fill(double.NaN);
            if (none < cci.Length)
            {
                Compute(prices, cci[none..]);
            }

            _kept = Math.Min(_period - 1, prices.Length);
            prices[^_kept..].CopyTo(_prices);
        }

        /// <summary>The values of the windows that start at each of the first prices.</summary>
        private readonly void Compute(ReadOnlySpan<double> prices, Span<double> cci)
        {
            ref var value = ref MemoryMarshal.GetReference(cci);
            var bar = 0;
            for (; bar <= cci.Length - (2 * Vector256<double>.Count); bar += 2 * Vector256<double>.Count)
            {
                var (left, right) = Pair(prices.Slice(bar, _period - 1 + (2 * Vector256<double>.Count)));
                left.StoreUnsafe(ref value, (nuint)bar);
                right.StoreUnsafe(ref value, (nuint)(bar + Vector256<double>.Count));
            }

            for (; bar < cci.Length; bar++)
            {
                var window = prices.Slice(bar, _period);
                var mean = Differences(window, window[^1], 0) * _inverse;
                cci[bar] = -mean / (Lambert * (Deviations(window, window[^1], mean, 0) * _inverse));
            }
        }

        /// <summary>Eight bars, as two vectors, of which neither waits for the other.</summary>
        [MethodImpl(MethodImplOptions.NoInlining)]
        private readonly (Vector256<double> Left, Vector256<double> Right) Pair(ReadOnlySpan<double> prices)
        {
            ref var price = ref MemoryMarshal.GetReference(prices);
            var newest = Vector256.LoadUnsafe(ref price, (nuint)_period - 1);
            var newest2 = Vector256.LoadUnsafe(ref price, (nuint)(_period - 1 + Vector256<double>.Count));
            var (sum, sum2) = (Vector256<double>.Zero, Vector256<double>.Zero);
            for (nuint index = 0; index < (nuint)_period; index++)
            {
                sum += Vector256.LoadUnsafe(ref price, index) - newest;
                sum2 += Vector256.LoadUnsafe(ref price, index + (nuint)Vector256<double>.Count) - newest2;
            }

            var (mean, mean2) = (sum * _inverse, sum2 * _inverse);
            (sum, sum2) = (Vector256<double>.Zero, Vector256<double>.Zero);
            for (nuint index = 0; index < (nuint)_period; index++)
            {
                sum += Vector256.Abs(Vector256.LoadUnsafe(ref price, index) - newest - mean);
                sum2 += Vector256.Abs(
                    Vector256.LoadUnsafe(ref price, index + (nuint)Vector256<double>.Count) - newest2 - mean2);
            }

            return (-mean / (Lambert * (sum * _inverse)), -mean2 / (Lambert * (sum2 * _inverse)));
        }
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Trading.Domain.Indicators.Sliding;

namespace Trading.Domain.Indicators;

/// <summary>
/// <see cref="WindowSum"/> with the inputs for its memory: the sums to the end of a closed block wait in the output,
/// where the bars of the next block add theirs. Within a block each sum waits for the one before, so eight blocks go
/// side by side.
/// </summary>
internal ref struct SmaKernel : ITileKernel
{
    private const int Side = 2 * LaneLayout.Lanes;
    private const int ShortestInLanes = 4;
    private const int LongestInLanes = 256;

    private readonly int _period;
    private readonly ReadOnlySpan<double> _source;
    private readonly Span<double> _average;
    private readonly Span<double> _lanes;
    private readonly double _inverse;
    private int _block;
    private bool _isFull;
    private double _shift;
    private double _prefix;

    public SmaKernel(int period, ReadOnlySpan<double> source, Span<double> average, Span<double> lanes)
    {
        _period = period;
        _source = source;
        _average = average;
        _lanes = lanes;
        _inverse = 1.0 / period;
    }

    /// <summary>The doubles that it wants for eight blocks side by side: their values and their sums.</summary>
    public static int LanesLength(int period) =>
        LaneLayout.IsSupported && period is >= ShortestInLanes and <= LongestInLanes
            ? 2 * Side * period : 0;

    /// <summary>Bars at a time: whole times eight blocks.</summary>
    public readonly int Tile => Side * _period * Math.Max(1, IndicatorBatch.Tile / (Side * _period));

    public void Restart(int bar)
    {
        _block = bar;
        _isFull = false;
    }

    public void Run(int from, int to)
    {
        while (from < to)
        {
            if (_isFull && from == _block && to - from >= Side * _period && _lanes.Length > 0)
            {
                RunLanes(from);
                from = _block;
                continue;
            }

            var last = _block + _period - 1;
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

        if (from == _block)
        {
            _prefix = 0;
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
        var source = _source[_block..(last + 1)];
        var shift = _source[last];
        var sum = 0.0;
        // The last block's sums end where the output does.
        var room = Math.Min(_period - 1, _average.Length - last - 1);
        var index = _period - 1;
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
        StartBlock(last + 1, shift);
    }

    private void StartBlock(int bar, double shift)
    {
        _block = bar;
        _shift = shift;
        _isFull = true;
    }

    // The loops below are compiled alone, which keeps their sums in registers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RunLanes(int from)
    {
        var half = LaneLayout.Lanes * _period;
        var left = new Blocks(_lanes[..half], _lanes.Slice(half, half));
        var right = new Blocks(_lanes.Slice(2 * half, half), _lanes.Slice(3 * half, half));
        LaneLayout.Interleave(_source.Slice(from, half), left.Values);
        LaneLayout.Interleave(_source.Slice(from + half, half), right.Values);
        var (ends, ends2) = (left.Last, right.Last);
        var (total, total2) = Sum(left, right);
        Average(left, right, LaneLayout.After(_shift, ends), LaneLayout.After(ends[3], ends2), from);
        var inverse = Vector256.Create(_inverse);
        left.Last = Vector256.FusedMultiplyAdd(total, inverse, ends);
        right.Last = Vector256.FusedMultiplyAdd(total2, inverse, ends2);
        LaneLayout.Deinterleave(left.Values, _average.Slice(from, half));
        LaneLayout.Deinterleave(right.Values, _average.Slice(from + half, half));
        StartBlock(from + (2 * half), ends2[3]);
        Wait(right.Sums);
    }

    /// <summary>From each value to its block's end; returns the sums of whole blocks.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly (Vector256<double> Left, Vector256<double> Right) Sum(Blocks left, Blocks right)
    {
        ref var values = ref MemoryMarshal.GetReference(left.Values);
        ref var values2 = ref MemoryMarshal.GetReference(right.Values);
        ref var sums = ref MemoryMarshal.GetReference(left.Sums);
        ref var sums2 = ref MemoryMarshal.GetReference(right.Sums);
        var (ends, ends2) = (left.Last, right.Last);
        var (sum, sum2) = (Vector256<double>.Zero, Vector256<double>.Zero);
        for (var row = LaneLayout.Lanes * (_period - 1); row >= 0; row -= LaneLayout.Lanes)
        {
            var at = (nuint)row;
            sum += Vector256.LoadUnsafe(ref values, at) - ends;
            sum2 += Vector256.LoadUnsafe(ref values2, at) - ends2;
            sum.StoreUnsafe(ref sums, at);
            sum2.StoreUnsafe(ref sums2, at);
        }

        return (sum, sum2);
    }

    /// <summary>What is left of the block before, and from the start to each value, which the mean replaces.</summary>
    private readonly void Average(
        Blocks left, Blocks right, Vector256<double> shifts, Vector256<double> shifts2, int from)
    {
        ref var values = ref MemoryMarshal.GetReference(left.Values);
        ref var values2 = ref MemoryMarshal.GetReference(right.Values);
        ref var sums = ref MemoryMarshal.GetReference(left.Sums);
        ref var sums2 = ref MemoryMarshal.GetReference(right.Sums);
        ref var waiting = ref MemoryMarshal.GetReference(_average.Slice(from, _period));
        var inverse = Vector256.Create(_inverse);
        var (prefix, prefix2) = (Vector256<double>.Zero, Vector256<double>.Zero);
        var rows = (nuint)_period - 1;
        for (nuint row = 0; row < rows; row++)
        {
            var at = LaneLayout.Lanes * row;
            var before = Vector256.LoadUnsafe(ref sums, at + LaneLayout.Lanes);
            var before2 = Vector256.LoadUnsafe(ref sums2, at + LaneLayout.Lanes);
            prefix += Vector256.LoadUnsafe(ref values, at) - shifts;
            prefix2 += Vector256.LoadUnsafe(ref values2, at) - shifts2;
            var sum = LaneLayout.After(Unsafe.Add(ref waiting, row), before) + prefix;
            var sum2 = LaneLayout.After(before, before2) + prefix2;
            Vector256.FusedMultiplyAdd(sum, inverse, shifts).StoreUnsafe(ref values, at);
            Vector256.FusedMultiplyAdd(sum2, inverse, shifts2).StoreUnsafe(ref values2, at);
        }
    }

    /// <summary>Leaves the last block's sums to the bars after it.</summary>
    private readonly void Wait(ReadOnlySpan<double> sums)
    {
        var waiting = _average.Slice(_block, Math.Min(_period - 1, _average.Length - _block));
        for (var row = 0; row < waiting.Length; row++)
        {
            waiting[row] = sums[(LaneLayout.Lanes * (row + 1)) + LaneLayout.Lanes - 1];
        }
    }

    /// <summary>Four blocks side by side.</summary>
    private readonly ref struct Blocks(Span<double> values, Span<double> sums)
    {
        public Span<double> Values { get; } = values;

        public Span<double> Sums { get; } = sums;

        /// <summary>The last value of each.</summary>
        public Vector256<double> Last
        {
            get => Vector256.LoadUnsafe(ref Values[^LaneLayout.Lanes]);
            set => value.StoreUnsafe(ref Values[^LaneLayout.Lanes]);
        }
    }
}

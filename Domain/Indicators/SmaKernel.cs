using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Trading.Domain.Indicators.Sliding;

namespace Trading.Domain.Indicators;

/// <summary>
/// <see cref="WindowSum"/> with the inputs for its memory: the sums to the end of a closed block wait in the output,
/// where the bars of the next block add theirs. Within a block each sum waits for the one before, so four blocks go
/// side by side.
/// </summary>
internal ref struct SmaKernel : ITileKernel
{
    /// <summary>Bars at a time: enough for many times four blocks, little enough for the cache.</summary>
    public const int Tile = 4096;

    private const int Lanes = 4;
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

    /// <summary>The doubles that it wants for four blocks side by side: their values and their sums.</summary>
    public static int LanesLength(int period) =>
        LaneLayout.IsSupported && period is >= ShortestInLanes and <= LongestInLanes
            ? 2 * Lanes * period : 0;

    public void Restart(int bar)
    {
        _block = bar;
        _isFull = false;
    }

    public void Run(int from, int to)
    {
        while (from < to)
        {
            if (_isFull && from == _block && to - from >= Lanes * _period && _lanes.Length > 0)
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

    private void RunLanes(int from)
    {
        var bars = Lanes * _period;
        var values = _lanes[..bars];
        var sums = _lanes.Slice(bars, bars);
        var source = _source.Slice(from, bars);
        var average = _average.Slice(from, bars);
        LaneLayout.Interleave(source, values);
        var ends = Vector256.LoadUnsafe(ref values[bars - Lanes]);
        var total = Sum(ref MemoryMarshal.GetReference(values), ref MemoryMarshal.GetReference(sums), ends);
        var shifts = Vector256.Create(_shift, ends[0], ends[1], ends[2]);
        Average(
            ref MemoryMarshal.GetReference(values),
            ref MemoryMarshal.GetReference(sums),
            ref MemoryMarshal.GetReference(average),
            shifts);
        Vector256.FusedMultiplyAdd(total, Vector256.Create(_inverse), ends).StoreUnsafe(ref values[bars - Lanes]);
        LaneLayout.Deinterleave(values, average);
        StartBlock(from + bars, ends[Lanes - 1]);
        Wait(sums);
    }

    /// <summary>From each value to its block's end.</summary>
    private readonly Vector256<double> Sum(ref double values, ref double sums, Vector256<double> ends)
    {
        var sum = Vector256<double>.Zero;
        for (var at = Lanes * (_period - 1); at >= 0; at -= Lanes)
        {
            sum += Vector256.LoadUnsafe(ref values, (nuint)at) - ends;
            sum.StoreUnsafe(ref sums, (nuint)at);
        }

        return sum;
    }

    /// <summary>What is left of the block before, and from the block's start to each value, which the mean replaces.</summary>
    private readonly void Average(ref double values, ref double sums, ref double waiting, Vector256<double> shifts)
    {
        var inverse = Vector256.Create(_inverse);
        var prefix = Vector256<double>.Zero;
        for (var row = 0; row < _period - 1; row++)
        {
            var at = (nuint)(Lanes * row);
            prefix += Vector256.LoadUnsafe(ref values, at) - shifts;
            var left = LaneLayout.After(Unsafe.Add(ref waiting, row), Vector256.LoadUnsafe(ref sums, at + Lanes));
            Vector256.FusedMultiplyAdd(left + prefix, inverse, shifts).StoreUnsafe(ref values, at);
        }
    }

    /// <summary>Leaves the last block's sums to the bars after it.</summary>
    private readonly void Wait(ReadOnlySpan<double> sums)
    {
        var waiting = _average.Slice(_block, Math.Min(_period - 1, _average.Length - _block));
        for (var row = 0; row < waiting.Length; row++)
        {
            waiting[row] = sums[(Lanes * (row + 1)) + Lanes - 1];
        }
    }
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Trading.Domain.Indicators.Sliding;

/// <summary>
/// An exponential mean, seeded with the plain mean of the first values. Each value after those is
/// <c>weight * base + partial</c>: the mean at the start of its group of four, and what came since. That is the usual
/// recursion written out, but only every fourth value waits for the one before, which is what makes a batch fast.
/// </summary>
internal struct ExponentialMean
{
    private const int Group = 4;

    private readonly long _period;
    private readonly double _alpha;
    private readonly double _beta;
    private long _seeded;
    private long _inGroup;
    private double _base;
    private double _partial;
    private double _weight;

    private ExponentialMean(int period, double alpha)
    {
        _period = period;
        _alpha = alpha;
        _beta = 1 - alpha;
    }

    /// <summary>True from the last value of the seed on.</summary>
    public readonly bool HasValue => _seeded == _period;

    /// <summary>The mean after the newest value; NaN before the first.</summary>
    public readonly double Value => HasValue ? Math.FusedMultiplyAdd(_weight, _base, _partial) : double.NaN;

    /// <summary>With alpha 2 / (period + 1), as of the EMA.</summary>
    public static ExponentialMean OfPeriod(int period) => new(period, 2.0 / (period + 1));

    /// <summary>With alpha 1 / period (Wilder, 1978).</summary>
    public static ExponentialMean OfWilder(int period) => new(period, 1.0 / period);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Update(double value)
    {
        if (_seeded < _period)
        {
            return Seed(value);
        }

        _partial = Math.FusedMultiplyAdd(_beta, _partial, _alpha * value);
        _weight *= _beta;
        var mean = Math.FusedMultiplyAdd(_weight, _base, _partial);
        if (++_inGroup == Group)
        {
            StartGroup(mean);
        }

        return mean;
    }

    /// <summary>Takes many values, with the same results; the spans may be the same one.</summary>
    public void Update(ReadOnlySpan<double> values, Span<double> means)
    {
        var index = 0;
        while (index < values.Length && (!HasValue || _inGroup > 0))
        {
            means[index] = Update(values[index]);
            index++;
        }

        index += UpdateGroups(values[index..], means[index..]);
        for (; index < values.Length; index++)
        {
            means[index] = Update(values[index]);
        }
    }

    // Compiled alone, which keeps the values in registers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int UpdateGroups(ReadOnlySpan<double> values, Span<double> means)
    {
        ref var value = ref MemoryMarshal.GetReference(values);
        ref var mean = ref MemoryMarshal.GetReference(means[..values.Length]);
        var (alpha, beta, last) = (_alpha, _beta, _base);
        var beta2 = beta * beta;
        var beta3 = beta2 * beta;
        var beta4 = beta3 * beta;
        nint index = 0;
        for (; index <= values.Length - Group; index += Group)
        {
            var partial = alpha * Unsafe.Add(ref value, index);
            var partial2 = Math.FusedMultiplyAdd(beta, partial, alpha * Unsafe.Add(ref value, index + 1));
            var partial3 = Math.FusedMultiplyAdd(beta, partial2, alpha * Unsafe.Add(ref value, index + 2));
            var partial4 = Math.FusedMultiplyAdd(beta, partial3, alpha * Unsafe.Add(ref value, index + 3));
            Unsafe.Add(ref mean, index) = Math.FusedMultiplyAdd(beta, last, partial);
            Unsafe.Add(ref mean, index + 1) = Math.FusedMultiplyAdd(beta2, last, partial2);
            Unsafe.Add(ref mean, index + 2) = Math.FusedMultiplyAdd(beta3, last, partial3);
            last = Math.FusedMultiplyAdd(beta4, last, partial4);
            Unsafe.Add(ref mean, index + 3) = last;
        }

        if (index > 0)
        {
            StartGroup(last);
        }

        return (int)index;
    }

    private double Seed(double value)
    {
        _base += value;
        if (++_seeded < _period)
        {
            return double.NaN;
        }

        StartGroup(_base / _period);
        return _base;
    }

    private void StartGroup(double mean)
    {
        _base = mean;
        // The zero that leaves whatever is added to it as it is.
        _partial = -0.0;
        _weight = 1;
        _inGroup = 0;
    }
}

namespace Trading.Domain.Indicators.Sliding;

/// <summary>
/// The plain and the linearly weighted sum of the last values, the newest weighing the period, the oldest 1; as
/// <see cref="WindowSum"/>, with the sums of sums for the weights.
/// </summary>
internal struct WindowWeights(int period)
{
    private readonly long _period = period;
    private long _position;
    private long _isFull;
    private double _prefix;
    private double _prefixOfPrefixes;

    /// <summary>The doubles that it keeps.</summary>
    public readonly int WindowLength => 2 * (int)_period;

    /// <summary>The value that the sums' values are counted from.</summary>
    public double Shift { readonly get; private set; }

    /// <summary>Both sums of the values less <see cref="Shift"/> each; NaN while there are too few.</summary>
    public (double Plain, double Weighted) Update(double value, Span<double> window)
    {
        var position = (int)_position;
        var weighted = window[(int)_period..];
        window[position] = value;
        if (position == _period - 1)
        {
            return CloseBlock(value, window, weighted);
        }

        _position++;
        _prefixOfPrefixes += _prefix;
        _prefix += value - Shift;
        return _isFull != 0
            ? (window[position + 1] + _prefix,
                weighted[position + 1] + Math.FusedMultiplyAdd(_period, _prefix, -_prefixOfPrefixes))
            : (double.NaN, double.NaN);
    }

    private (double Plain, double Weighted) CloseBlock(double last, Span<double> window, Span<double> weighted)
    {
        var (sum, sumOfSums) = (0.0, 0.0);
        for (var index = (int)_period - 1; index >= 0; index--)
        {
            sum += window[index] - last;
            sumOfSums += sum;
            window[index] = sum;
            weighted[index] = sumOfSums;
        }

        Shift = last;
        _prefix = 0;
        _prefixOfPrefixes = 0;
        _position = 0;
        _isFull = 1;
        return (sum, sumOfSums);
    }
}

namespace Trading.Domain.Indicators.Sliding;

/// <summary>
/// The sum over the last values, without drift and without subtracting what leaves (van Herk, 1992; Gil and Werman,
/// 1993, who did so with maxima): the bars are cut into blocks as long as the window, which then is the end of one
/// block and the start of the next. Values are counted from the last one of the block before, which is in the window,
/// so that equal values sum to exactly zero and small differences between large values are not lost.
/// </summary>
internal struct WindowSum(int period)
{
    private readonly long _period = period;
    private long _position;
    private long _isFull;
    private double _prefix;

    /// <summary>The doubles that it keeps.</summary>
    public readonly int WindowLength => (int)_period;

    /// <summary>The value that the sum's values are counted from.</summary>
    public double Shift { readonly get; private set; }

    /// <summary>The sum of the values less <see cref="Shift"/> each; NaN while there are too few.</summary>
    public double Update(double value, Span<double> window)
    {
        var position = (int)_position;
        window[position] = value;
        if (position == _period - 1)
        {
            return CloseBlock(value, window);
        }

        _position++;
        _prefix += value - Shift;
        return _isFull != 0 ? window[position + 1] + _prefix : double.NaN;
    }

    /// <summary>
    /// The mean of the last values; NaN while there are too few, and where the value is NaN, which starts anew.
    /// </summary>
    public double Mean(double value, Span<double> window)
    {
        if (!double.IsFinite(value))
        {
            this = new WindowSum((int)_period);
            return double.NaN;
        }

        var sum = Update(value, window);
        return Math.FusedMultiplyAdd(sum, 1.0 / _period, Shift);
    }

    /// <summary>Turns the block's values into sums from each to the block's end.</summary>
    private double CloseBlock(double last, Span<double> window)
    {
        var sum = 0.0;
        for (var index = (int)_period - 1; index >= 0; index--)
        {
            sum += window[index] - last;
            window[index] = sum;
        }

        Shift = last;
        _prefix = 0;
        _position = 0;
        _isFull = 1;
        return sum;
    }
}

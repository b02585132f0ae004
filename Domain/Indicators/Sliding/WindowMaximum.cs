namespace Trading.Domain.Indicators.Sliding;

/// <summary>
/// The largest of the last values (van Herk, 1992; Gil and Werman, 1993): the larger of what is left of the closed
/// block and of what has come since. The smallest is the largest of the negatives, negated.
/// </summary>
internal struct WindowMaximum(int period)
{
    private readonly long _period = period;
    private long _position;
    private long _isFull;
    private double _prefix = double.NegativeInfinity;

    /// <summary>The doubles that it keeps.</summary>
    public readonly int WindowLength => (int)_period;

    /// <summary>Takes a value; NaN while there are too few, and where it is NaN, which starts anew.</summary>
    public double Update(double value, Span<double> window)
    {
        if (double.IsNaN(value))
        {
            this = new WindowMaximum((int)_period);
            return double.NaN;
        }

        var position = (int)_position;
        window[position] = value;
        if (position == _period - 1)
        {
            return CloseBlock(window);
        }

        _position++;
        _prefix = Math.Max(_prefix, value);
        return _isFull != 0 ? Math.Max(window[position + 1], _prefix) : double.NaN;
    }

    private double CloseBlock(Span<double> window)
    {
        var largest = double.NegativeInfinity;
        for (var index = (int)_period - 1; index >= 0; index--)
        {
            largest = Math.Max(largest, window[index]);
            window[index] = largest;
        }

        _prefix = double.NegativeInfinity;
        _position = 0;
        _isFull = 1;
        return largest;
    }
}

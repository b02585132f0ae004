namespace Trading.Domain.Indicators.Sliding;

/// <summary>
/// How many bars ago the largest of the last values was, the latest where several are; as <see
/// cref="WindowMaximum"/>.
/// </summary>
internal struct MaximumAge(int period)
{
    private readonly long _period = period;
    private long _position;
    private long _isFull;
    private long _prefixAt;
    private double _prefix = double.NegativeInfinity;

    /// <summary>The doubles that it keeps.</summary>
    public readonly int WindowLength => 2 * (int)_period;

    /// <summary>Bars since the largest, 0 for the newest; NaN while there are too few.</summary>
    public double Update(double value, Span<double> window)
    {
        var position = (int)_position;
        window[position] = value;
        if (position == _period - 1)
        {
            return _period - 1 - CloseBlock(window);
        }

        _position++;
        if (value >= _prefix)
        {
            _prefix = value;
            _prefixAt = position;
        }

        if (_isFull == 0)
        {
            return double.NaN;
        }

        return window[position + 1] > _prefix
            ? position + _period - window[(int)_period + position + 1]
            : position - _prefixAt;
    }

    /// <summary>
    /// Turns the values into the largest from each to the end, with its place behind; returns the place of the first.
    /// </summary>
    private double CloseBlock(Span<double> window)
    {
        var (largest, at) = (double.NegativeInfinity, 0.0);
        for (var index = (int)_period - 1; index >= 0; index--)
        {
            if (window[index] > largest)
            {
                (largest, at) = (window[index], index);
            }

            window[index] = largest;
            window[(int)_period + index] = at;
        }

        _prefix = double.NegativeInfinity;
        _position = 0;
        _isFull = 1;
        return at;
    }
}

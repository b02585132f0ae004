namespace Trading.Domain.Indicators.Sliding;

/// <summary>Gives each value back some bars later.</summary>
internal struct Delay(int bars)
{
    private readonly long _bars = bars;
    private long _position;
    private long _isFull;

    /// <summary>The doubles that it keeps.</summary>
    public readonly int WindowLength => (int)_bars;

    /// <summary>Takes a value and returns the one that came so many bars before; NaN while there is none.</summary>
    public double Exchange(double value, Span<double> window)
    {
        var position = (int)_position;
        var before = _isFull != 0 ? window[position] : double.NaN;
        window[position] = value;
        if (++_position == _bars)
        {
            _position = 0;
            _isFull = 1;
        }

        return before;
    }
}

namespace Trading.Domain.Indicators.Sliding;

/// <summary>
/// The mean and the variance of the last values; as <see cref="WindowSum"/>, with the squares. As the values are
/// counted from one of the window, the squares lose no more than the period's digits, however large the values are.
/// </summary>
internal struct WindowMoments(int period)
{
    private readonly long _period = period;
    private long _position;
    private long _isFull;
    private double _shift;
    private double _prefix;
    private double _prefixOfSquares;

    /// <summary>The doubles that it keeps.</summary>
    public readonly int WindowLength => 2 * (int)_period;

    /// <summary>The mean, and the sum of the squared differences from it; NaN while there are too few values.</summary>
    public (double Mean, double SquaredDifferences) Update(double value, Span<double> window)
    {
        var position = (int)_position;
        var squares = window[(int)_period..];
        window[position] = value;
        if (position == _period - 1)
        {
            return CloseBlock(value, window, squares);
        }

        _position++;
        var difference = value - _shift;
        _prefix += difference;
        _prefixOfSquares = Math.FusedMultiplyAdd(difference, difference, _prefixOfSquares);
        return _isFull != 0
            ? Of(window[position + 1] + _prefix, squares[position + 1] + _prefixOfSquares)
            : (double.NaN, double.NaN);
    }

    private readonly (double Mean, double SquaredDifferences) Of(double sum, double squares)
    {
        var inverse = 1.0 / _period;
        return (Math.FusedMultiplyAdd(sum, inverse, _shift), Math.Max(0, squares - (sum * (sum * inverse))));
    }

    private (double Mean, double SquaredDifferences) CloseBlock(
        double last, Span<double> window, Span<double> squares)
    {
        var (sum, sumOfSquares) = (0.0, 0.0);
        for (var index = (int)_period - 1; index >= 0; index--)
        {
            var difference = window[index] - last;
            sum += difference;
            sumOfSquares = Math.FusedMultiplyAdd(difference, difference, sumOfSquares);
            window[index] = sum;
            squares[index] = sumOfSquares;
        }

        _shift = last;
        _prefix = 0;
        _prefixOfSquares = 0;
        _position = 0;
        _isFull = 1;
        return Of(sum, sumOfSquares);
    }
}

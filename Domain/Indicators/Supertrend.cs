namespace Trading.Domain.Indicators;

/// <summary>
/// Supertrend (Seban, 2008): a line some average true ranges from the middle of the bar, below the price in an
/// uptrend (direction 1) and above in a downtrend (-1), that only moves towards the price until the close crosses it;
/// in the price's unit. The first trend is up where the close is not below the bar's middle. First at index period.
/// </summary>
public static class Supertrend
{
    internal static readonly IndicatorParameter Period = IndicatorParameter.Period(10);
    internal static readonly IndicatorParameter Multiplier = IndicatorParameter.Number("multiplier", 3, 0.01, 100);

    /// <summary>Its entry in the catalogue.</summary>
    public static IndicatorDefinition Definition { get; } =
        new CoreDefinition<SupertrendCore, HighLowClose, SupertrendValue>(
            "supertrend", "Supertrend", arguments => new SupertrendCore((int)arguments[0], arguments[1]))
        {
            Inputs = [IndicatorInput.High, IndicatorInput.Low, IndicatorInput.Close],
            Parameters = [Period, Multiplier],
            Outputs = ["supertrend", "direction"],
        };

    /// <summary>The batch form.</summary>
    /// <param name="high">Highest prices, oldest first.</param>
    /// <param name="low">Lowest prices.</param>
    /// <param name="close">Last prices.</param>
    /// <param name="period">Bars, 1 to 10,000.</param>
    /// <param name="multiplier">Average true ranges from the middle to the line, 0.01 to 100.</param>
    /// <param name="line">Receives the line, NaN before the first.</param>
    /// <param name="direction">Receives the trend: 1 up, -1 down, NaN before the first.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    /// <exception cref="ArgumentException">The spans differ in length or share memory.</exception>
    public static void Compute(
        ReadOnlySpan<double> high,
        ReadOnlySpan<double> low,
        ReadOnlySpan<double> close,
        int period,
        double multiplier,
        Span<double> line,
        Span<double> direction) =>
        IndicatorBatch.Run<SupertrendCore, HighLowClose, SupertrendValue>(
            new SupertrendCore(period, multiplier), new(high, low, close, count: 3), new(line, direction, count: 2));

    /// <summary>The streaming form.</summary>
    /// <param name="period">Bars, 1 to 10,000.</param>
    /// <param name="multiplier">Average true ranges from the middle to the line, 0.01 to 100.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public static IndicatorStream<HighLowClose, SupertrendValue> Stream(int period = 10, double multiplier = 3) =>
        new CoreStream<SupertrendCore, HighLowClose, SupertrendValue>(new SupertrendCore(period, multiplier));
}

/// <summary>The values of supertrend.</summary>
/// <param name="Line">The line.</param>
/// <param name="Direction">The trend: 1 up, -1 down.</param>
public readonly record struct SupertrendValue(double Line, double Direction);

internal struct SupertrendCore(int period, double multiplier)
    : IIndicatorCore<SupertrendCore, HighLowClose, SupertrendValue>
{
    private readonly long _period = Supertrend.Period.Check(period);
    private readonly double _multiplier = Supertrend.Multiplier.Check(multiplier);
    private AtrCore _atr = new(period);
    // 1 up, -1 down, 0 before the first value.
    private long _direction;
    private double _upper;
    private double _lower;
    private double _close;

    public readonly int WindowLength => _atr.WindowLength;

    public readonly int WarmUp => _atr.WarmUp;

    public readonly int FirstIndex(int output) => (int)_period;

    public SupertrendValue Update(HighLowClose bar, Span<double> window)
    {
        var width = _multiplier * _atr.Update(bar, window);
        if (double.IsNaN(width))
        {
            return new SupertrendValue(double.NaN, double.NaN);
        }

        var middle = (bar.High + bar.Low) / 2;
        Move(bar.Close, middle, width);
        _close = bar.Close;
        return new SupertrendValue(_direction > 0 ? _lower : _upper, _direction);
    }

    private void Move(double close, double middle, double width)
    {
        var (upper, lower) = (middle + width, middle - width);
        if (_direction == 0)
        {
            (_upper, _lower) = (upper, lower);
            _direction = close >= middle ? 1 : -1;
            return;
        }

        _upper = upper < _upper || _close > _upper ? upper : _upper;
        _lower = lower > _lower || _close < _lower ? lower : _lower;
        _direction = _direction > 0 ? (close < _lower ? -1 : 1) : (close > _upper ? 1 : -1);
    }
}

namespace Trading.Domain.Indicators;

/// <summary>
/// Parabolic stop and reverse (Wilder, 1978): a stop that follows the price, faster with each new extreme, and
/// changes sides when the price reaches it; in the price's unit. It starts long unless the second bar moves down more
/// than up, as in TA-Lib. First at index 1.
/// </summary>
public static class ParabolicSar
{
    internal static readonly IndicatorParameter Acceleration =
        IndicatorParameter.Number("acceleration", 0.02, 0.0001, 1);
    internal static readonly IndicatorParameter Maximum = IndicatorParameter.Number("maximum", 0.2, 0.0001, 1);

    /// <summary>Its entry in the catalogue.</summary>
    public static IndicatorDefinition Definition { get; } = new CoreDefinition<ParabolicSarCore, HighLow, double>(
        "sar", "Parabolic stop and reverse", arguments => new ParabolicSarCore(arguments[0], arguments[1]))
    {
        Inputs = [IndicatorInput.High, IndicatorInput.Low],
        Parameters = [Acceleration, Maximum],
        Outputs = ["sar"],
    };

    /// <summary>The batch form.</summary>
    /// <param name="high">Highest prices, oldest first.</param>
    /// <param name="low">Lowest prices.</param>
    /// <param name="acceleration">What each new extreme adds to the speed, and the first speed; 0.0001 to 1.</param>
    /// <param name="maximum">The greatest speed, 0.0001 to 1.</param>
    /// <param name="stop">Receives the stops, NaN before the first.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    /// <exception cref="ArgumentException">The spans differ in length or share memory.</exception>
    public static void Compute(
        ReadOnlySpan<double> high,
        ReadOnlySpan<double> low,
        double acceleration,
        double maximum,
        Span<double> stop) =>
        IndicatorBatch.Run<ParabolicSarCore, HighLow, double>(
            new ParabolicSarCore(acceleration, maximum), new(high, low, count: 2), new(stop));

    /// <summary>The streaming form.</summary>
    /// <param name="acceleration">What each new extreme adds to the speed, and the first speed; 0.0001 to 1.</param>
    /// <param name="maximum">The greatest speed, 0.0001 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public static IndicatorStream<HighLow, double> Stream(double acceleration = 0.02, double maximum = 0.2) =>
        new CoreStream<ParabolicSarCore, HighLow, double>(new ParabolicSarCore(acceleration, maximum));
}

internal struct ParabolicSarCore(double acceleration, double maximum)
    : IIndicatorCore<ParabolicSarCore, HighLow, double>
{
    private readonly double _maximum = ParabolicSar.Maximum.Check(maximum);
    private readonly double _acceleration = Math.Min(ParabolicSar.Acceleration.Check(acceleration), maximum);
    private HighLow _before = new(double.NaN, double.NaN);
    // 1 long, -1 short, 0 before the second bar.
    private long _side;
    private double _stop;
    private double _extreme;
    private double _speed;

    public readonly int WindowLength => 0;

    public readonly int WarmUp => 1;

    public readonly int FirstIndex(int output) => 1;

    public double Update(HighLow bar, Span<double> window)
    {
        var before = _before;
        _before = bar;
        if (double.IsNaN(before.High))
        {
            return double.NaN;
        }

        if (_side == 0)
        {
            Start(before, bar);
            before = bar;
        }

        // Short, everything is as long, with the prices mirrored.
        return _side > 0
            ? Follow(bar.High, bar.Low, before.High, before.Low)
            : -Follow(-bar.Low, -bar.High, -before.Low, -before.High);
    }

    private void Start(HighLow before, HighLow bar)
    {
        var down = before.Low - bar.Low;
        _side = down > 0 && bar.High - before.High < down ? -1 : 1;
        _stop = _side > 0 ? before.Low : -before.High;
        _extreme = _side > 0 ? bar.High : -bar.Low;
        _speed = _acceleration;
    }

    /// <summary>Returns the bar's stop and moves on to the next bar's, of the side that the position is on.</summary>
    private double Follow(double high, double low, double highBefore, double lowBefore)
    {
        if (low <= _stop)
        {
            return Reverse(low, Math.Max(high, highBefore));
        }

        var stop = _stop;
        if (high > _extreme)
        {
            _extreme = high;
            _speed = Math.Min(_speed + _acceleration, _maximum);
        }

        _stop = Math.Min(Math.FusedMultiplyAdd(_speed, _extreme - stop, stop), Math.Min(low, lowBefore));
        return stop;
    }

    private double Reverse(double low, double highest)
    {
        var stop = Math.Max(_extreme, highest);
        _side = -_side;
        _speed = _acceleration;
        _extreme = -low;
        _stop = -Math.Max(Math.FusedMultiplyAdd(_speed, low - stop, stop), highest);
        return stop;
    }
}

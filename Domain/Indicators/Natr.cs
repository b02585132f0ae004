namespace Trading.Domain.Indicators;

/// <summary>
/// Normalised average true range: the ATR in percent of the close. First at index period. Undefined at a close of 0.
/// </summary>
public static class Natr
{
    internal static readonly IndicatorParameter Period = IndicatorParameter.Period(14);

    /// <summary>Its entry in the catalogue.</summary>
    public static IndicatorDefinition Definition { get; } = new CoreDefinition<NatrCore, HighLowClose, double>(
        "natr", "Normalised average true range", arguments => new NatrCore((int)arguments[0]))
    {
        Inputs = [IndicatorInput.High, IndicatorInput.Low, IndicatorInput.Close],
        Parameters = [Period],
        Outputs = ["natr"],
    };

    /// <summary>The batch form.</summary>
    /// <param name="high">Highest prices, oldest first.</param>
    /// <param name="low">Lowest prices.</param>
    /// <param name="close">Last prices.</param>
    /// <param name="period">Bars, 1 to 10,000.</param>
    /// <param name="natr">Receives the values, NaN before the first.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    /// <exception cref="ArgumentException">The spans differ in length or share memory.</exception>
    public static void Compute(
        ReadOnlySpan<double> high,
        ReadOnlySpan<double> low,
        ReadOnlySpan<double> close,
        int period,
        Span<double> natr) =>
        IndicatorBatch.Run<NatrCore, HighLowClose, double>(
            new NatrCore(period), new(high, low, close, count: 3), new(natr));

    /// <summary>The streaming form.</summary>
    /// <param name="period">Bars, 1 to 10,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public static IndicatorStream<HighLowClose, double> Stream(int period = 14) =>
        new CoreStream<NatrCore, HighLowClose, double>(new NatrCore(period));
}

internal struct NatrCore(int period) : IIndicatorCore<NatrCore, HighLowClose, double>
{
    private readonly long _period = Natr.Period.Check(period);
    private AtrCore _atr = new(period);

    public readonly int WindowLength => _atr.WindowLength;

    public readonly int WarmUp => _atr.WarmUp;

    public readonly int FirstIndex(int output) => (int)_period;

    public double Update(HighLowClose bar, Span<double> window)
    {
        var atr = _atr.Update(bar, window);
        return bar.Close == 0 ? double.NaN : 100 * (atr / bar.Close);
    }
}

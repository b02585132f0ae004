namespace Trading.Domain.Indicators;

/// <summary>
/// On-balance volume (Granville, 1963): the volumes of all bars, added where the close rose and subtracted where it
/// fell; in units. It starts with the first bar's volume, at index 0; only its changes mean something.
/// </summary>
public static class Obv
{
    /// <summary>Its entry in the catalogue.</summary>
    public static IndicatorDefinition Definition { get; } = new CoreDefinition<ObvCore, CloseVolume, double>(
        "obv", "On-balance volume", _ => new ObvCore())
    {
        Inputs = [IndicatorInput.Close, IndicatorInput.Volume],
        Parameters = [],
        Outputs = ["obv"],
    };

    /// <summary>The batch form.</summary>
    /// <param name="close">Last prices, oldest first.</param>
    /// <param name="volume">Units traded.</param>
    /// <param name="obv">Receives the sums, NaN before the first.</param>
    /// <exception cref="ArgumentException">The spans differ in length or share memory.</exception>
    public static void Compute(ReadOnlySpan<double> close, ReadOnlySpan<double> volume, Span<double> obv) =>
        IndicatorBatch.Run<ObvCore, CloseVolume, double>(
            new ObvCore(), new(close, volume, count: 2), new(obv));

    /// <summary>The streaming form.</summary>
    public static IndicatorStream<CloseVolume, double> Stream() =>
        new CoreStream<ObvCore, CloseVolume, double>(new ObvCore());
}

internal struct ObvCore() : IIndicatorCore<ObvCore, CloseVolume, double>
{
    private const int Group = 4;

    private double _close = double.NaN;
    private double _base;
    private double _partial;
    private long _inGroup;

    public readonly int WindowLength => 0;

    public readonly int WarmUp => 0;

    public readonly int FirstIndex(int output) => 0;

    public double Update(CloseVolume bar, Span<double> window)
    {
        _partial += bar.Close > _close ? bar.Volume : bar.Close < _close ? -bar.Volume : First(bar);
        _close = bar.Close;
        var sum = _base + _partial;
        if (++_inGroup == Group)
        {
            _base = sum;
            _partial = 0;
            _inGroup = 0;
        }

        return sum;
    }

    private readonly double First(CloseVolume bar) => double.IsNaN(_close) ? bar.Volume : 0;
}

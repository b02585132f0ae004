namespace Trading.Domain.Indicators;

/// <summary>
/// Volume-weighted average price since the session began: the typical prices (of high, low and close) weighted by the
/// volumes; in the price's unit. First at index 0. Undefined until something was traded in the session.
/// </summary>
public static class SessionVwap
{
    /// <summary>Its entry in the catalogue.</summary>
    public static IndicatorDefinition Definition { get; } = new CoreDefinition<SessionVwapCore, SessionBar, double>(
        "session_vwap", "Session volume-weighted average price", _ => new SessionVwapCore())
    {
        Inputs = [
            IndicatorInput.High,
            IndicatorInput.Low,
            IndicatorInput.Close,
            IndicatorInput.Volume,
            IndicatorInput.Session,
        ],
        Parameters = [],
        Outputs = ["session_vwap"],
    };

    /// <summary>The batch form.</summary>
    /// <param name="high">Highest prices, oldest first.</param>
    /// <param name="low">Lowest prices.</param>
    /// <param name="close">Last prices.</param>
    /// <param name="volume">Units traded.</param>
    /// <param name="session">The number of each bar's session.</param>
    /// <param name="vwap">Receives the averages, NaN before the first.</param>
    /// <exception cref="ArgumentException">The spans differ in length or share memory.</exception>
    public static void Compute(
        ReadOnlySpan<double> high,
        ReadOnlySpan<double> low,
        ReadOnlySpan<double> close,
        ReadOnlySpan<double> volume,
        ReadOnlySpan<double> session,
        Span<double> vwap) =>
        IndicatorBatch.Run<SessionVwapCore, SessionBar, double>(
            new SessionVwapCore(), new(high, low, close, volume, session, count: 5), new(vwap));

    /// <summary>The streaming form.</summary>
    public static IndicatorStream<SessionBar, double> Stream() =>
        new CoreStream<SessionVwapCore, SessionBar, double>(new SessionVwapCore());
}

internal struct SessionVwapCore() : IIndicatorCore<SessionVwapCore, SessionBar, double>
{
    private double _session = double.NaN;
    private double _first;
    private double _value;
    private double _volume;

    public readonly int WindowLength => 0;

    public readonly int WarmUp => 0;

    public readonly int FirstIndex(int output) => 0;

    public double Update(SessionBar bar, Span<double> window)
    {
        var price = bar.TypicalPrice;
        if (bar.Session != _session)
        {
            // Prices are counted from the session's first, which keeps the digits of small moves.
            (_session, _first, _value, _volume) = (bar.Session, price, 0, 0);
        }

        _value = Math.FusedMultiplyAdd(price - _first, bar.Volume, _value);
        _volume += bar.Volume;
        return _first + (_value / _volume);
    }
}

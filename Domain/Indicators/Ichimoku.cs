using Trading.Domain.Indicators.Sliding;

namespace Trading.Domain.Indicators;

/// <summary>
/// Ichimoku kinko hyo (Hosoda, 1969): the middles between the highest high and the lowest low of the last bars, in
/// the price's unit. Conversion line first at index conversionBars - 1, base line at baseBars - 1. The leading spans
/// are those drawn at this bar, computed <c>displacement</c> bars before: the mean of both lines, and the middle of
/// <c>spanBars</c> bars; first at max(conversionBars, baseBars) - 1 + displacement and spanBars - 1 + displacement.
/// The lagging span is this bar's close, to be drawn <c>displacement</c> bars back: at a bar nothing of the future is
/// known.
/// </summary>
public static class Ichimoku
{
    internal static readonly IndicatorParameter ConversionBars = IndicatorParameter.Bars("conversion_bars", 9);
    internal static readonly IndicatorParameter BaseBars = IndicatorParameter.Bars("base_bars", 26);
    internal static readonly IndicatorParameter SpanBars = IndicatorParameter.Bars("span_bars", 52);
    internal static readonly IndicatorParameter Displacement = IndicatorParameter.Bars("displacement", 26);

    /// <summary>Its entry in the catalogue.</summary>
    public static IndicatorDefinition Definition { get; } =
        new CoreDefinition<IchimokuCore, HighLowClose, IchimokuValue>(
            "ichimoku",
            "Ichimoku",
            arguments => new IchimokuCore((int)arguments[0], (int)arguments[1], (int)arguments[2], (int)arguments[3]))
        {
            Inputs = [IndicatorInput.High, IndicatorInput.Low, IndicatorInput.Close],
            Parameters = [ConversionBars, BaseBars, SpanBars, Displacement],
            Outputs = ["conversion", "base", "leading_a", "leading_b", "lagging"],
        };

    /// <summary>The batch form.</summary>
    /// <param name="high">Highest prices, oldest first.</param>
    /// <param name="low">Lowest prices.</param>
    /// <param name="close">Last prices.</param>
    /// <param name="conversionBars">Bars of the conversion line, 1 to 10,000.</param>
    /// <param name="baseBars">Bars of the base line, 1 to 10,000.</param>
    /// <param name="spanBars">Bars of the second leading span, 1 to 10,000.</param>
    /// <param name="displacement">Bars by which the spans lead and lag, 1 to 10,000.</param>
    /// <param name="conversionLine">Receives the conversion line, NaN before the first.</param>
    /// <param name="baseLine">Receives the base line, NaN before the first.</param>
    /// <param name="leadingA">Receives the first leading span, NaN before the first.</param>
    /// <param name="leadingB">Receives the second leading span, NaN before the first.</param>
    /// <param name="lagging">Receives the close, to be drawn back, NaN before the first.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    /// <exception cref="ArgumentException">The spans differ in length or share memory.</exception>
    public static void Compute(
        ReadOnlySpan<double> high,
        ReadOnlySpan<double> low,
        ReadOnlySpan<double> close,
        int conversionBars,
        int baseBars,
        int spanBars,
        int displacement,
        Span<double> conversionLine,
        Span<double> baseLine,
        Span<double> leadingA,
        Span<double> leadingB,
        Span<double> lagging) =>
        IndicatorBatch.Run<IchimokuCore, HighLowClose, IchimokuValue>(
            new IchimokuCore(conversionBars, baseBars, spanBars, displacement),
            new(high, low, close, count: 3),
            new(conversionLine, baseLine, leadingA, leadingB, lagging, count: 5));

    /// <summary>The streaming form.</summary>
    /// <param name="conversionBars">Bars of the conversion line, 1 to 10,000.</param>
    /// <param name="baseBars">Bars of the base line, 1 to 10,000.</param>
    /// <param name="spanBars">Bars of the second leading span, 1 to 10,000.</param>
    /// <param name="displacement">Bars by which the spans lead and lag, 1 to 10,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range.</exception>
    public static IndicatorStream<HighLowClose, IchimokuValue> Stream(
        int conversionBars = 9, int baseBars = 26, int spanBars = 52, int displacement = 26) =>
        new CoreStream<IchimokuCore, HighLowClose, IchimokuValue>(
            new IchimokuCore(conversionBars, baseBars, spanBars, displacement));
}

/// <summary>The values of ichimoku.</summary>
/// <param name="ConversionLine">The conversion line.</param>
/// <param name="BaseLine">The base line.</param>
/// <param name="LeadingA">The first leading span.</param>
/// <param name="LeadingB">The second leading span.</param>
/// <param name="Lagging">The close, to be drawn back.</param>
public readonly record struct IchimokuValue(
    double ConversionLine, double BaseLine, double LeadingA, double LeadingB, double Lagging);

internal struct IchimokuCore(int conversionBars, int baseBars, int spanBars, int displacement)
    : IIndicatorCore<IchimokuCore, HighLowClose, IchimokuValue>
{
    private readonly long _conversionBars = Ichimoku.ConversionBars.Check(conversionBars);
    private readonly long _baseBars = Ichimoku.BaseBars.Check(baseBars);
    private readonly long _spanBars = Ichimoku.SpanBars.Check(spanBars);
    private readonly long _displacement = Ichimoku.Displacement.Check(displacement);
    private DonchianCore _conversion = new(conversionBars);
    private DonchianCore _base = new(baseBars);
    private DonchianCore _span = new(spanBars);
    private Delay _leadingA = new(displacement);
    private Delay _leadingB = new(displacement);

    public readonly int WindowLength => 2 * (int)(_conversionBars + _baseBars + _spanBars + _displacement);

    public readonly int WarmUp => Math.Max(FirstIndex(2), FirstIndex(3));

    public readonly int FirstIndex(int output) => (int)(output switch
    {
        0 => _conversionBars - 1,
        1 => _baseBars - 1,
        2 => Math.Max(_conversionBars, _baseBars) - 1 + _displacement,
        3 => _spanBars - 1 + _displacement,
        _ => 0,
    });

    public IchimokuValue Update(HighLowClose bar, Span<double> window)
    {
        var range = new HighLow(bar.High, bar.Low);
        var conversion = _conversion.Update(range, window).Middle;
        window = window[_conversion.WindowLength..];
        var baseLine = _base.Update(range, window).Middle;
        window = window[_base.WindowLength..];
        var span = _span.Update(range, window).Middle;
        window = window[_span.WindowLength..];
        return new IchimokuValue(
            conversion,
            baseLine,
            _leadingA.Exchange((conversion + baseLine) / 2, window),
            _leadingB.Exchange(span, window[_leadingA.WindowLength..]),
            bar.Close);
    }
}

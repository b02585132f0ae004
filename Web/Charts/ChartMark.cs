namespace Trading.Web.Charts;

/// <summary>An arrow at a candle, such as of a fill.</summary>
/// <param name="Time">The candle, as <see cref="Candle.Time"/>.</param>
/// <param name="Shape"><c>up</c>, from under the candle, or <c>down</c>, from over it.</param>
/// <param name="Text">What the legend says of it.</param>
/// <param name="Good">Coloured as a gain, or as a loss; null for neither.</param>
public readonly record struct ChartMark(long Time, string Shape, string Text, bool? Good);

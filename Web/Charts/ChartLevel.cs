namespace Trading.Web.Charts;

/// <summary>A line at a price.</summary>
/// <param name="Price">The price.</param>
/// <param name="Label">What it is called.</param>
/// <param name="Tone">A colour of the chart: <c>up</c>, <c>down</c>, <c>text</c> or <c>muted</c>.</param>
/// <param name="Time">The candle where it begins, as <see cref="Candle.Time"/>.</param>
public readonly record struct ChartLevel(double Price, string Label, string Tone, long Time);

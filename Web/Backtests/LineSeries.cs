namespace Trading.Web.Backtests;

/// <summary>A line of a <see cref="LineChart"/>.</summary>
/// <param name="Name">What it is called in the legend.</param>
/// <param name="Style">Its class: <c>main</c>, <c>other</c>, <c>down</c>, or <c>c0</c> to <c>c9</c>.</param>
/// <param name="Values">One value for each time of the chart.</param>
public sealed record LineSeries(string Name, string Style, IReadOnlyList<double> Values);

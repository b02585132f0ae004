namespace Trading.Domain.Risk;

/// <summary>How sure a figure is: where 95 % of its values lie when the returns are drawn anew.</summary>
/// <param name="Metric">The figure's name in <see cref="MetricDefinitions"/>.</param>
/// <param name="Value">The figure itself.</param>
/// <param name="Low">Its lower bound.</param>
/// <param name="High">Its upper bound.</param>
public sealed record ConfidenceInterval(string Metric, double Value, double Low, double High);

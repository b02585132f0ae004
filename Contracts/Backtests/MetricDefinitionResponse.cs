namespace Trading.Contracts;

/// <summary>What a figure of a backtest means.</summary>
/// <param name="Name">Its name in results, such as <c>max_drawdown</c>.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Unit"><c>number</c>, <c>fraction</c>, <c>currency</c>, <c>count</c> or <c>time</c>.</param>
/// <param name="Formula">How it is computed, and when it is undefined.</param>
public sealed record MetricDefinitionResponse(string Name, string Title, string Unit, string Formula);

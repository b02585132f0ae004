namespace Trading.Domain.Risk;

/// <summary>What a figure means.</summary>
/// <param name="Name">Its name in results, such as <c>max_drawdown</c>.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Unit">What it is counted in.</param>
/// <param name="Formula">How it is computed, and when it is undefined.</param>
public sealed record MetricDefinition(string Name, string Title, MetricUnit Unit, string Formula);

/// <summary>What a figure is counted in.</summary>
public enum MetricUnit
{
    /// <summary>A plain number.</summary>
    Number,

    /// <summary>A fraction: 0.01 is 1 %.</summary>
    Fraction,

    /// <summary>The account's currency.</summary>
    Currency,

    /// <summary>How many there are.</summary>
    Count,

    /// <summary>A moment, UTC.</summary>
    Time,
}

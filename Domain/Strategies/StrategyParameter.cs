namespace Trading.Domain.Strategies;

/// <summary>A number that a strategy can be run with.</summary>
/// <param name="Name">Its name, such as <c>fast</c>.</param>
/// <param name="Default">The value unless told.</param>
/// <param name="Minimum">The smallest value allowed.</param>
/// <param name="Maximum">The largest value allowed.</param>
/// <param name="IsInteger">True where it counts bars, and only integers are tried.</param>
public sealed record StrategyParameter(string Name, double Default, double Minimum, double Maximum, bool IsInteger)
{
    /// <summary>How far apart values are that a search tries; null for as it likes.</summary>
    public double? Step { get; init; }
}

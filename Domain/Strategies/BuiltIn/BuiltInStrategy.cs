namespace Trading.Domain.Strategies.BuiltIn;

/// <summary>A strategy that comes with the system.</summary>
/// <param name="Strategy">The strategy.</param>
/// <param name="Title">Its name in full, such as "Moving average cross".</param>
/// <param name="Description">What it does, in a sentence.</param>
/// <param name="Source">Its text, to copy and change; null for one that is not written in the language.</param>
public sealed record BuiltInStrategy(ITradingStrategy Strategy, string Title, string Description, string? Source)
{
    /// <summary>Its name, such as <c>ma_cross</c>.</summary>
    public string Name => Strategy.Name;
}

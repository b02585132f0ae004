namespace Trading.Domain.CorporateActions;

/// <summary>A purchase or a sale, in shares and prices of its own day.</summary>
/// <param name="Date">The session.</param>
/// <param name="Quantity">Shares; negative where they were sold.</param>
/// <param name="Price">For a share, as traded.</param>
/// <param name="Fee">What it cost besides; not negative.</param>
public readonly record struct ShareTrade(DateOnly Date, decimal Quantity, decimal Price, decimal Fee = 0);

namespace Trading.Domain.CorporateActions;

/// <summary>Shares that were bought together.</summary>
/// <param name="Bought">The date.</param>
/// <param name="Quantity">Shares, in units of now; positive.</param>
/// <param name="Cost">What they cost in all, with fees; no split changes it.</param>
public readonly record struct ShareLot(DateOnly Bought, decimal Quantity, decimal Cost);

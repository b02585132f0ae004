namespace Trading.Domain.Risk;

/// <summary>The return of one calendar month; the first and the last may be parts of one.</summary>
/// <param name="Year">The year.</param>
/// <param name="Month">The month, 1 to 12.</param>
/// <param name="Return">The return as a fraction.</param>
public readonly record struct MonthlyReturn(int Year, int Month, double Return);

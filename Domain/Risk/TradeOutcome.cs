namespace Trading.Domain.Risk;

/// <summary>What is judged of a closed trade; money in the account's currency.</summary>
/// <param name="Profit">What it added to the account, after fees.</param>
/// <param name="Return">The same as a fraction of its value at entry.</param>
/// <param name="RMultiple">The same as a multiple of what was at risk; null where that is not known.</param>
/// <param name="BarsHeld">Bars from entry to exit.</param>
/// <param name="AdverseExcursion">The most that it was behind; zero or below.</param>
/// <param name="FavourableExcursion">The most that it was ahead; zero or above.</param>
/// <param name="Fees">Its fees.</param>
public readonly record struct TradeOutcome(
    double Profit,
    double Return,
    double? RMultiple,
    double BarsHeld,
    double AdverseExcursion,
    double FavourableExcursion,
    double Fees);

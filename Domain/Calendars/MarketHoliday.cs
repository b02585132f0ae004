namespace Trading.Domain.Calendars;

/// <summary>A weekday without a session.</summary>
/// <param name="Date">The date on the exchange's clock.</param>
/// <param name="Name">What it is kept for, in English.</param>
public readonly record struct MarketHoliday(DateOnly Date, string Name);

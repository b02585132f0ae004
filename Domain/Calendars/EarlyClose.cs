namespace Trading.Domain.Calendars;

/// <summary>A session that ends before the regular time.</summary>
/// <param name="Date">The session's date.</param>
/// <param name="Close">When it ends, on the exchange's clock.</param>
/// <param name="Name">The occasion, in English.</param>
public readonly record struct EarlyClose(DateOnly Date, TimeSpan Close, string Name);

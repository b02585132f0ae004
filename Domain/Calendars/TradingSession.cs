namespace Trading.Domain.Calendars;

/// <summary>One day of trading at an exchange.</summary>
/// <param name="Date">The date on the exchange's clock that names the session.</param>
/// <param name="Open">When trading begins, UTC.</param>
/// <param name="Close">When trading ends, UTC: the time stamp of the session's daily bar.</param>
/// <param name="IsEarlyClose">True where it ends before the regular time.</param>
public readonly record struct TradingSession(DateOnly Date, DateTime Open, DateTime Close, bool IsEarlyClose);

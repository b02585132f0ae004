namespace Trading.Domain.Calendars;

/// <summary>Regular hours on an exchange's clock, from a date on until the next ones.</summary>
/// <param name="Since">The first date they hold for.</param>
/// <param name="Open">When trading begins, auctions before it left out.</param>
/// <param name="Close">When trading ends; 24:00 for markets that never close.</param>
/// <param name="BreakFrom">When the midday break begins; null where there is none.</param>
/// <param name="BreakTo">When it ends.</param>
public readonly record struct MarketHours(
    DateOnly Since, TimeSpan Open, TimeSpan Close, TimeSpan? BreakFrom = null, TimeSpan? BreakTo = null)
{
    /// <summary>Hours that have not changed since the first date of the calendars.</summary>
    /// <param name="open">When trading begins.</param>
    /// <param name="close">When it ends.</param>
    internal static IReadOnlyList<MarketHours> Always(TimeSpan open, TimeSpan close) =>
        [new(DateOnly.MinValue, open, close)];
}

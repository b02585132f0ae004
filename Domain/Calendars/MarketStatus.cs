namespace Trading.Domain.Calendars;

/// <summary>Whether an exchange trades at an instant, and when that changes.</summary>
/// <param name="IsOpen">True while there is trading.</param>
/// <param name="IsBreak">True in the midday break of a session.</param>
/// <param name="Session">The session under way, or else the next one.</param>
/// <param name="NextOpen">When trading next begins, UTC; null for a market that never closes.</param>
/// <param name="NextClose">When trading next ends for the day, UTC; null for a market that never closes.</param>
public sealed record MarketStatus(
    bool IsOpen, bool IsBreak, TradingSession Session, DateTime? NextOpen, DateTime? NextClose)
{
    /// <summary>The state of an exchange at an instant.</summary>
    /// <param name="calendar">The exchange's calendar.</param>
    /// <param name="utc">The instant, UTC.</param>
    public static MarketStatus At(TradingCalendar calendar, DateTime utc)
    {
        var session = calendar.CurrentOrNext(utc);
        var isOpen = calendar.IsOpenAt(utc);
        if (calendar.NeverCloses)
        {
            return new MarketStatus(isOpen, false, session, null, null);
        }

        var isBreak = !isOpen && utc >= session.Open;
        var nextOpen = utc < session.Open ? session.Open
            : isBreak ? calendar.BreakEndOf(session.Date)!.Value
            : calendar.OpenOf(calendar.Next(session.Date));
        return new MarketStatus(isOpen, isBreak, session, nextOpen, session.Close);
    }
}

namespace Trading.Contracts;

/// <summary>A place of trading.</summary>
/// <param name="Code">ISO 10383 market identifier; <c>CRYPTO</c> for markets that never close.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Country">ISO 3166-1 alpha-2 code; <c>ZZ</c> where none applies.</param>
/// <param name="Currency">ISO 4217 code that prices there usually carry.</param>
/// <param name="TimeZone">IANA time zone of its clock.</param>
/// <param name="Opens">Regular opening time on that clock.</param>
/// <param name="Closes">Regular closing time; <c>24:00</c> for markets that never close.</param>
/// <param name="BreakFrom">When the midday break begins; null where there is none.</param>
/// <param name="BreakTo">When the midday break ends; null where there is none.</param>
/// <param name="Status">Whether it trades now.</param>
public sealed record ExchangeResponse(
    string Code,
    string Name,
    string Country,
    string Currency,
    string TimeZone,
    string Opens,
    string Closes,
    string? BreakFrom,
    string? BreakTo,
    ExchangeStatusResponse Status);

/// <summary>Whether an exchange trades, and when that changes.</summary>
/// <param name="Exchange">Its code.</param>
/// <param name="State"><c>open</c>, <c>closed</c>, or <c>break</c> at midday.</param>
/// <param name="Today">The date on the exchange's clock.</param>
/// <param name="Holiday">Why there is no session today; null on other days.</param>
/// <param name="Session">The session under way, or else the next one.</param>
/// <param name="LastSession">The newest session that is over.</param>
/// <param name="NextOpen">When trading next begins, UTC; null where it never ends.</param>
/// <param name="NextClose">When the session under way or the next one ends, UTC; null where it never does.</param>
public sealed record ExchangeStatusResponse(
    string Exchange,
    string State,
    DateOnly Today,
    string? Holiday,
    ExchangeSessionResponse Session,
    DateOnly LastSession,
    DateTime? NextOpen,
    DateTime? NextClose);

/// <summary>One day of trading.</summary>
/// <param name="Date">The date on the exchange's clock that names the session.</param>
/// <param name="Open">When trading begins, UTC.</param>
/// <param name="Close">When it ends, UTC: the time of the session's daily bar.</param>
/// <param name="EarlyClose">Why it ends before the regular time; null where it does not.</param>
public sealed record ExchangeSessionResponse(DateOnly Date, DateTime Open, DateTime Close, string? EarlyClose);

/// <summary>A weekday without a session.</summary>
/// <param name="Date">The date on the exchange's clock.</param>
/// <param name="Name">What it is kept for.</param>
public sealed record ExchangeHolidayResponse(DateOnly Date, string Name);

/// <summary>The sessions of a range of dates.</summary>
/// <param name="Exchange">The exchange's code.</param>
/// <param name="From">The first date.</param>
/// <param name="To">The last date, itself included.</param>
/// <param name="Sessions">In order.</param>
/// <param name="Holidays">In order.</param>
public sealed record ExchangeSessionsResponse(
    string Exchange,
    DateOnly From,
    DateOnly To,
    IReadOnlyList<ExchangeSessionResponse> Sessions,
    IReadOnlyList<ExchangeHolidayResponse> Holidays);

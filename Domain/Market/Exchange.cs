using System.Diagnostics.CodeAnalysis;
using Trading.Domain.Calendars;

namespace Trading.Domain.Market;

/// <summary>A place of trading; when it trades is in its <see cref="TradingCalendar"/>.</summary>
/// <param name="Code">
/// ISO 10383 market identifier, such as <c>XNYS</c>; <c>CRYPTO</c> for markets that never close.
/// </param>
/// <param name="Name">What people call it.</param>
/// <param name="Country">ISO 3166-1 alpha-2 code; <c>ZZ</c> where none applies.</param>
/// <param name="Currency">ISO 4217 code that prices there usually carry.</param>
/// <param name="TimeZoneId">IANA time zone of its clock.</param>
public sealed record Exchange(string Code, string Name, string Country, string Currency, string TimeZoneId)
{
    /// <summary>The exchanges known here.</summary>
    public static IReadOnlyList<Exchange> All { get; } =
    [
        new("XNYS", "New York Stock Exchange", "US", "USD", "America/New_York"),
        new("XNAS", "Nasdaq", "US", "USD", "America/New_York"),
        new("XLON", "London Stock Exchange", "GB", "GBP", "Europe/London"),
        new("XETR", "Xetra", "DE", "EUR", "Europe/Berlin"),
        new("XSWX", "SIX Swiss Exchange", "CH", "CHF", "Europe/Zurich"),
        new("XTKS", "Tokyo Stock Exchange", "JP", "JPY", "Asia/Tokyo"),
        new("XTSE", "Toronto Stock Exchange", "CA", "CAD", "America/Toronto"),
        new("CRYPTO", "Crypto markets", "ZZ", "USD", "Etc/UTC"),
    ];

    /// <summary>Finds an exchange by its code.</summary>
    /// <param name="code">The market identifier, upper case.</param>
    /// <param name="exchange">The exchange, when true is returned.</param>
    public static bool TryFind(string? code, [NotNullWhen(true)] out Exchange? exchange)
    {
        exchange = All.FirstOrDefault(known => known.Code == code);
        return exchange is not null;
    }

    /// <summary>
    /// The UTC instant at which the session of a date closes, early closes and daylight saving included; the regular
    /// time where the date has no session.
    /// </summary>
    /// <param name="session">The session's date on the exchange's calendar.</param>
    public DateTime CloseOf(DateOnly session) => TradingCalendar.Of(this).CloseOf(session);

    /// <summary>The date on the exchange's own clock at an instant: what "today" means there.</summary>
    /// <param name="utc">The instant, UTC.</param>
    public DateOnly DateAt(DateTime utc) => TradingCalendar.Of(this).DateAt(utc);
}

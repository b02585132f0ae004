using System.Diagnostics.CodeAnalysis;

namespace Trading.Domain.Market;

/// <summary>A place of trading: what dates and closes its sessions.</summary>
/// <param name="Code">
/// ISO 10383 market identifier, such as <c>XNYS</c>; <c>CRYPTO</c> for markets that never close.
/// </param>
/// <param name="Country">ISO 3166-1 alpha-2 code; <c>ZZ</c> where none applies.</param>
/// <param name="Currency">ISO 4217 code that prices there usually carry.</param>
/// <param name="TimeZoneId">IANA time zone of its clock.</param>
/// <param name="Close">Regular closing time on that clock; 24:00 for markets that never close.</param>
public sealed record Exchange(string Code, string Country, string Currency, string TimeZoneId, TimeSpan Close)
{
    /// <summary>The exchanges known here.</summary>
    public static IReadOnlyList<Exchange> All { get; } =
    [
        new("XNYS", "US", "USD", "America/New_York", new TimeSpan(16, 0, 0)),
        new("XNAS", "US", "USD", "America/New_York", new TimeSpan(16, 0, 0)),
        new("XLON", "GB", "GBP", "Europe/London", new TimeSpan(16, 30, 0)),
        new("XETR", "DE", "EUR", "Europe/Berlin", new TimeSpan(17, 30, 0)),
        new("XSWX", "CH", "CHF", "Europe/Zurich", new TimeSpan(17, 30, 0)),
        new("XTKS", "JP", "JPY", "Asia/Tokyo", new TimeSpan(15, 30, 0)),
        new("XTSE", "CA", "CAD", "America/Toronto", new TimeSpan(16, 0, 0)),
        new("CRYPTO", "ZZ", "USD", "Etc/UTC", TimeSpan.FromDays(1)),
    ];

    /// <summary>Finds an exchange by its code.</summary>
    /// <param name="code">The market identifier, upper case.</param>
    /// <param name="exchange">The exchange, when true is returned.</param>
    public static bool TryFind(string? code, [NotNullWhen(true)] out Exchange? exchange)
    {
        exchange = All.FirstOrDefault(known => known.Code == code);
        return exchange is not null;
    }

    /// <summary>The UTC instant at which the session of a date closes, daylight saving included.</summary>
    /// <param name="session">The session's date on the exchange's calendar.</param>
    public DateTime CloseOf(DateOnly session)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(TimeZoneId);
        return TimeZoneInfo.ConvertTimeToUtc(session.ToDateTime(TimeOnly.MinValue).Add(Close), zone);
    }

    /// <summary>The date on the exchange's own clock at an instant: what "today" means there.</summary>
    /// <param name="utc">The instant, UTC.</param>
    public DateOnly DateAt(DateTime utc)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(TimeZoneId);
        return DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(utc, zone));
    }
}

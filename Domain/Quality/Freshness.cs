using Trading.Domain.Calendars;
using Trading.Domain.Market;

namespace Trading.Domain.Quality;

/// <summary>Which session an instrument's newest daily bar should be of.</summary>
public static class Freshness
{
    // The daily fetch is at 18:00 of the exchange, the latest close at 17:30: by then it has answered.
    private static readonly TimeSpan _grace = TimeSpan.FromHours(3);

    // A market that never closes ends its day at midnight, and is fetched at 18:00 of the next.
    private static readonly TimeSpan _graceOfDays = TimeSpan.FromHours(24);

    /// <summary>The newest session whose bar should be there: three hours after its close, a day where it never closes.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="utc">The instant, UTC.</param>
    public static DateOnly ExpectedSession(Exchange exchange, DateTime utc)
    {
        ArgumentNullException.ThrowIfNull(exchange);
        var calendar = TradingCalendar.Of(exchange);
        var neverCloses = calendar.HoursOn(calendar.DateAt(utc)).Close == TimeSpan.FromDays(1);
        return calendar.LastCompleted(utc - (neverCloses ? _graceOfDays : _grace));
    }

    /// <summary>Sessions after the newest bar's, up to the one expected; 0 where nothing is missing.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="last">The session of the newest bar.</param>
    /// <param name="expected">The session expected.</param>
    public static int SessionsBehind(Exchange exchange, DateOnly last, DateOnly expected) =>
        TradingCalendar.Of(exchange).Count(last.AddDays(1), expected);
}

using Trading.Domain.Calendars;
using Trading.Domain.Market;
using Trading.Domain.Signals;

namespace Trading.Data.Signals;

/// <summary>What a run follows.</summary>
/// <param name="Interval">Of which bars.</param>
/// <param name="Until">Bars that close later still move.</param>
/// <param name="LiveSince">What is made of bars that closed before it is of the past.</param>
internal sealed record SignalWindow(BarInterval Interval, DateTime Until, DateTime LiveSince)
{
    /// <summary>As long as conventions carry a close that is missing.</summary>
    private const int SessionsWaited = 5;

    /// <summary>When signals of an exchange's instruments lapse.</summary>
    public SignalLapse LapseOn(Exchange exchange) =>
        new(time => LapseOf(time, Interval, SignalRules.Default.ExpiryBars, exchange), Until);

    /// <summary>
    /// When a signal ends though too few bars have come: as many sessions after its bar as its bars take, and then as
    /// many as a close is carried for.
    /// </summary>
    public static DateTime LapseOf(DateTime time, BarInterval interval, int bars, Exchange exchange)
    {
        var calendar = TradingCalendar.Of(exchange);
        var date = calendar.DateAt(time.AddTicks(-1));
        var hours = calendar.HoursOn(date);
        var sessions = interval.IsDaily
            ? bars
            : (int)Math.Ceiling(interval.Length * bars / (hours.Close - hours.Open));
        return calendar.CloseOf(calendar.Add(date, sessions + SessionsWaited));
    }
}

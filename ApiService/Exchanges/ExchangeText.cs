using System.Globalization;
using Trading.Contracts;
using Trading.Domain.Calendars;
using Trading.Domain.Market;

namespace Trading.ApiService.Exchanges;

/// <summary>Calendars as clients read them.</summary>
internal static class ExchangeText
{
    public static ExchangeResponse Describe(Exchange exchange, DateTime now)
    {
        var calendar = TradingCalendar.Of(exchange);
        var hours = calendar.HoursOn(calendar.DateAt(now));
        return new ExchangeResponse(
            exchange.Code,
            exchange.Name,
            exchange.Country,
            exchange.Currency,
            exchange.TimeZoneId,
            Clock(hours.Open),
            Clock(hours.Close),
            hours.BreakFrom is { } from ? Clock(from) : null,
            hours.BreakTo is { } to ? Clock(to) : null,
            StatusOf(exchange, now));
    }

    public static ExchangeStatusResponse StatusOf(Exchange exchange, DateTime now)
    {
        var calendar = TradingCalendar.Of(exchange);
        var status = MarketStatus.At(calendar, now);
        var today = calendar.DateAt(now);
        return new ExchangeStatusResponse(
            exchange.Code,
            status.IsOpen ? "open" : status.IsBreak ? "break" : "closed",
            today,
            calendar.HolidayOn(today),
            Describe(calendar, status.Session),
            calendar.LastCompleted(now),
            status.NextOpen,
            status.NextClose);
    }

    public static ExchangeSessionsResponse SessionsOf(TradingCalendar calendar, DateOnly from, DateOnly to)
    {
        var dates = calendar.Sessions(from, to);
        var sessions = new List<ExchangeSessionResponse>(dates.Length);
        foreach (var date in dates)
        {
            sessions.Add(Describe(calendar, calendar.SessionOn(date)!.Value));
        }

        return new ExchangeSessionsResponse(
            calendar.Exchange.Code,
            from,
            to,
            sessions,
            [.. calendar.Holidays(from, to).Select(day => new ExchangeHolidayResponse(day.Date, day.Name))]);
    }

    private static ExchangeSessionResponse Describe(TradingCalendar calendar, TradingSession session) =>
        new(session.Date, session.Open, session.Close, calendar.EarlyCloseOn(session.Date)?.Name);

    // 24:00 is no time of day to the formats of .NET.
    private static string Clock(TimeSpan time) => string.Create(
        CultureInfo.InvariantCulture, $"{(int)time.TotalHours:00}:{time.Minutes:00}");
}

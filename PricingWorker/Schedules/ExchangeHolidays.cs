using Quartz.Impl.Calendar;
using Trading.Domain.Calendars;
using Trading.Domain.Market;

namespace Trading.PricingWorker.Schedules;

/// <summary>The days without a session, as the scheduler wants them: it then knows the next run to be a session.</summary>
internal static class ExchangeHolidays
{
    // Renewed at each start; a worker that runs for longer fetches nothing on a holiday that it did not know.
    private const int Years = 3;

    public static HolidayCalendar Of(Exchange exchange, DateOnly today)
    {
        var calendar = TradingCalendar.Of(exchange);
        var holidays = new HolidayCalendar
        {
            TimeZone = TimeZoneInfo.FindSystemTimeZoneById(exchange.TimeZoneId),
        };
        var first = new DateOnly(today.Year, 1, 1);
        for (var day = first; day < first.AddYears(Years); day = day.AddDays(1))
        {
            if (!calendar.IsSession(day))
            {
                holidays.AddExcludedDay(day);
            }
        }

        return holidays;
    }
}

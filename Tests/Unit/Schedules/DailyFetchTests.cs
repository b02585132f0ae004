using System.Globalization;
using Microsoft.Extensions.Options;
using Quartz;
using Trading.PricingWorker.Schedules;

namespace Trading.Tests.Unit.Schedules;

/// <summary>
/// The expected times are the exchanges' published holidays of 2025 and 2026 on their own clocks, daylight saving included.
/// </summary>
public sealed class DailyFetchTests
{
    [Theory]
    // Christmas; then a plain Friday.
    [InlineData("xnys", "2025-12-24T23:30", "2025-12-26T23:00")]
    // Closed on the 24th, the 25th and the 26th of December, a weekend follows.
    [InlineData("xetr", "2025-12-23T18:00", "2025-12-29T17:00")]
    // Closed from the 31st of December to the 3rd of January, a weekend follows.
    [InlineData("xtks", "2025-12-30T12:00", "2026-01-05T09:00")]
    // The clocks go forward on the 8th of March 2026.
    [InlineData("xnas", "2026-03-06T23:30", "2026-03-09T22:00")]
    // And in Europe three weeks later.
    [InlineData("xlon", "2026-03-27T19:00", "2026-03-30T17:00")]
    // Berchtold's day.
    [InlineData("xswx", "2025-12-30T18:00", "2026-01-05T17:00")]
    // Never closed.
    [InlineData("crypto", "2025-12-24T18:30", "2025-12-25T18:00")]
    public void Sessions_are_fetched_at_18_of_the_exchange_and_on_its_sessions_only(
        string exchange, string after, string expected)
    {
        var schedule = new ScheduleList(Options.Create(new ScheduleOptions())).All
            .Single(one => one.Name == $"daily-fetch-{exchange}");
        var at = Utc(after);
        var trigger = (ICronTrigger)Scheduler.TriggerOf(schedule, TimeProvider.System);

        Assert.Equal(Utc(expected), Next(trigger, schedule, at));
    }

    private static DateTimeOffset Next(ICronTrigger trigger, Data.Jobs.Schedule schedule, DateTimeOffset after)
    {
        var cron = new CronExpression(trigger.CronExpressionString!, trigger.TimeZone);
        var holidays = ScheduleList.ExchangeOf(schedule) is { } exchange
            ? ExchangeHolidays.Of(exchange, DateOnly.FromDateTime(after.UtcDateTime))
            : null;
        var next = cron.GetNextValidTimeAfter(after);
        while (holidays is not null && !holidays.IsTimeIncluded(next!.Value))
        {
            next = cron.GetNextValidTimeAfter(next.Value);
        }

        return next!.Value;
    }

    private static DateTimeOffset Utc(string time) =>
        DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}

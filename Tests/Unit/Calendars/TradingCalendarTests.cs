using System.Globalization;
using Trading.Domain.Calendars;
using Trading.Domain.Market;

namespace Trading.Tests.Unit.Calendars;

public sealed class TradingCalendarTests
{
    // Clocks went forward on 2026-03-08 in New York and on 2026-03-29 in Europe: for three weeks the hours between differ.
    [Theory]
    [InlineData("XNYS", "2026-03-06", "2026-03-06T14:30Z", "2026-03-06T21:00Z")]
    [InlineData("XNYS", "2026-03-09", "2026-03-09T13:30Z", "2026-03-09T20:00Z")]
    [InlineData("XNAS", "2026-11-27", "2026-11-27T14:30Z", "2026-11-27T18:00Z")]
    [InlineData("XLON", "2026-03-27", "2026-03-27T08:00Z", "2026-03-27T16:30Z")]
    [InlineData("XLON", "2026-03-30", "2026-03-30T07:00Z", "2026-03-30T15:30Z")]
    [InlineData("XLON", "2026-12-24", "2026-12-24T08:00Z", "2026-12-24T12:30Z")]
    [InlineData("XETR", "2026-12-30", "2026-12-30T08:00Z", "2026-12-30T13:00Z")]
    [InlineData("XETR", "2001-06-15", "2001-06-15T07:00Z", "2001-06-15T18:00Z")]
    [InlineData("XSWX", "2026-10-26", "2026-10-26T08:00Z", "2026-10-26T16:30Z")]
    [InlineData("XTKS", "2026-07-06", "2026-07-06T00:00Z", "2026-07-06T06:30Z")]
    [InlineData("CRYPTO", "2026-12-25", "2026-12-25T00:00Z", "2026-12-26T00:00Z")]
    public void A_session_opens_and_closes_by_the_exchanges_own_clock(
        string exchange, string date, string open, string close)
    {
        var session = CalendarOf(exchange).SessionOn(Date(date));

        Assert.Equal((Utc(open), Utc(close)), (session!.Value.Open, session.Value.Close));
        Assert.Equal(DateTimeKind.Utc, session.Value.Close.Kind);
    }

    [Fact]
    public void A_day_without_a_session_has_its_regular_close_all_the_same()
    {
        var calendar = CalendarOf("XNYS");

        Assert.Null(calendar.SessionOn(Date("2026-11-26")));
        Assert.Equal("Thanksgiving", calendar.HolidayOn(Date("2026-11-26")));
        Assert.Equal(Utc("2026-11-26T21:00Z"), calendar.CloseOf(Date("2026-11-26")));
        Assert.Equal(Utc("2026-11-28T21:00Z"), calendar.CloseOf(Date("2026-11-28")));
        Assert.Equal(Utc("1950-07-05T20:00Z"), calendar.CloseOf(Date("1950-07-05")));
    }

    [Theory]
    [InlineData("XNYS", "2026-11-25", "2026-11-27", "2026-11-24")]
    [InlineData("XNYS", "2001-09-11", "2001-09-17", "2001-09-10")]
    [InlineData("XTKS", "2019-04-26", "2019-05-07", "2019-04-25")]
    [InlineData("CRYPTO", "2026-12-25", "2026-12-26", "2026-12-24")]
    public void The_sessions_next_to_a_date_skip_holidays(string exchange, string date, string next, string previous)
    {
        var calendar = CalendarOf(exchange);

        Assert.Equal(Date(next), calendar.Next(Date(date)));
        Assert.Equal(Date(previous), calendar.Previous(Date(date)));
        Assert.Equal(Date(next), calendar.Add(Date(date), 1));
        Assert.Equal(Date(previous), calendar.Add(Date(next), -2 + (calendar.IsSession(Date(date)) ? 0 : 1)));
    }

    // July 3, 2026 is kept for Independence Day.
    [Theory]
    [InlineData("XNYS", "2026-07-06T19:59Z", "2026-07-02")]
    [InlineData("XNYS", "2026-07-06T20:00Z", "2026-07-06")]
    [InlineData("XNYS", "2026-07-12T12:00Z", "2026-07-10")]
    [InlineData("XNYS", "2026-11-27T18:00Z", "2026-11-27")]
    [InlineData("XTKS", "2026-07-06T22:00Z", "2026-07-06")]
    [InlineData("CRYPTO", "2026-07-06T00:00Z", "2026-07-05")]
    [InlineData("CRYPTO", "2026-07-05T23:59Z", "2026-07-04")]
    public void A_session_counts_once_it_is_over(string exchange, string now, string expected) =>
        Assert.Equal(Date(expected), CalendarOf(exchange).LastCompleted(Utc(now)));

    [Theory]
    [InlineData("XNYS", "2026-11-27T14:29Z", false, "2026-11-27")]
    [InlineData("XNYS", "2026-11-27T14:30Z", true, "2026-11-27")]
    [InlineData("XNYS", "2026-11-27T18:00Z", false, "2026-11-30")]
    [InlineData("XTKS", "2026-07-06T02:29Z", true, "2026-07-06")]
    [InlineData("XTKS", "2026-07-06T02:30Z", false, "2026-07-06")]
    [InlineData("XTKS", "2026-07-06T03:30Z", true, "2026-07-06")]
    [InlineData("CRYPTO", "2026-12-25T23:59Z", true, "2026-12-25")]
    public void A_market_is_open_from_open_to_close_but_for_the_midday_break(
        string exchange, string now, bool open, string session)
    {
        var calendar = CalendarOf(exchange);

        Assert.Equal(open, calendar.IsOpenAt(Utc(now)));
        Assert.Equal(Date(session), calendar.CurrentOrNext(Utc(now)).Date);
    }

    [Fact]
    public void Ranges_beyond_the_calendars_are_cut_off_and_steps_beyond_them_refused()
    {
        var calendar = CalendarOf("XSWX");

        Assert.Equal(calendar.Count(TradingCalendar.First, TradingCalendar.Last), calendar.Count(default, DateOnly.MaxValue.AddDays(-1)));
        Assert.Equal(0, calendar.Count(Date("2026-07-06"), Date("2026-07-05")));
        Assert.False(calendar.IsSession(Date("1979-12-28")));
        Assert.Throws<ArgumentOutOfRangeException>(() => calendar.Previous(TradingCalendar.First));
        Assert.Throws<ArgumentOutOfRangeException>(() => calendar.Next(TradingCalendar.Last));
    }

    [Fact]
    public void Every_exchange_has_a_calendar_and_it_costs_no_memory_to_ask()
    {
        Assert.All(Exchange.All, exchange => Assert.Equal(exchange, TradingCalendar.Of(exchange).Exchange));
        var calendar = CalendarOf("XNYS");
        var now = Utc("2026-07-06T15:00Z");
        Ask(calendar, now, 10);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var asked = Ask(calendar, now, 1000);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(1000, asked);
    }

    // Astronomical Society of South Australia, table of Easter dates.
    [Theory]
    [InlineData(1999, "1999-04-04")]
    [InlineData(2000, "2000-04-23")]
    [InlineData(2008, "2008-03-23")]
    [InlineData(2011, "2011-04-24")]
    [InlineData(2024, "2024-03-31")]
    [InlineData(2030, "2030-04-21")]
    [InlineData(2038, "2038-04-25")]
    public void Good_Friday_follows_from_Easter(int year, string easter) =>
        Assert.Contains(
            new MarketHoliday(Date(easter).AddDays(-2), "Good Friday"),
            CalendarOf("XNYS").Holidays(new DateOnly(year, 3, 1), new DateOnly(year, 5, 1)));

    private static int Ask(TradingCalendar calendar, DateTime now, int times)
    {
        var sessions = 0;
        for (var i = 0; i < times; i++)
        {
            var date = calendar.DateAt(now);
            var next = calendar.Next(calendar.Previous(date));
            sessions += calendar.IsSession(next) && calendar.CloseOf(next) > now && calendar.IsOpenAt(now)
                && calendar.Sessions(date, next).Length == calendar.Count(date, next)
                && calendar.SessionOn(next) is { IsEarlyClose: false } ? 1 : 0;
        }

        return sessions;
    }

    private static TradingCalendar CalendarOf(string exchange)
    {
        Assert.True(Exchange.TryFind(exchange, out var found));
        return TradingCalendar.Of(found);
    }

    private static DateOnly Date(string text) => DateOnly.Parse(text, CultureInfo.InvariantCulture);

    private static DateTime Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).UtcDateTime;
}

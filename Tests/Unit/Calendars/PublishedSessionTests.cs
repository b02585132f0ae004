using System.Globalization;
using Trading.Domain.Calendars;
using Trading.Domain.Market;

namespace Trading.Tests.Unit.Calendars;

public sealed class PublishedSessionTests
{
    // Years that the file does not reach, weekdays only: written down by hand, not compared with the exchanges' own lists.
    public static TheoryData<string, int, string, string> ComingYears => new()
    {
        { "XNYS", 2026, "01-01 01-19 02-16 04-03 05-25 06-19 07-03 09-07 11-26 12-25", "11-27 12-24" },
        { "XNAS", 2027, "01-01 01-18 02-15 03-26 05-31 06-18 07-05 09-06 11-25 12-24", "11-26" },
        { "XNYS", 2028, "01-17 02-21 04-14 05-29 06-19 07-04 09-04 11-23 12-25", "07-03 11-24" },
        { "XLON", 2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28", "12-24 12-31" },
        { "XLON", 2027, "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28", "12-24 12-31" },
        { "XETR", 2025, "01-01 04-18 04-21 05-01 12-24 12-25 12-26 12-31", "12-30" },
        { "XETR", 2026, "01-01 04-03 04-06 05-01 12-24 12-25 12-31", "12-30" },
        { "XSWX", 2025, "01-01 01-02 04-18 04-21 05-01 05-29 06-09 08-01 12-24 12-25 12-26 12-31", "" },
        { "XSWX", 2026, "01-01 01-02 04-03 04-06 05-01 05-14 05-25 12-24 12-25 12-31", "" },
        { "XTSE", 2026, "01-01 02-16 04-03 05-18 07-01 08-03 09-07 10-12 12-25 12-28", "12-24" },
    };

    [Fact]
    public void Holidays_and_early_closes_are_those_that_the_exchanges_published()
    {
        var published = PublishedSessions.Read();

        Assert.Equal(
            ["XETR", "XLON", "XNYS", "XSWX", "XTKS", "XTSE"],
            published.Select(year => year.Exchange).Distinct().Order(StringComparer.Ordinal));
        Assert.All(published, year =>
        {
            var calendar = CalendarOf(year.Exchange);
            var (from, to) = (new DateOnly(year.Year, 1, 1), new DateOnly(year.Year, 12, 31));
            Assert.Equal(year.Closed, calendar.Holidays(from, to).Select(holiday => holiday.Date));
            var early = calendar.EarlyCloses(from, to).Select(early => (early.Date, early.Close));
            Assert.Equal(year.Early, early.Where(_ => year.Exchange != "XTKS"));
        });
    }

    [Theory]
    [MemberData(nameof(ComingYears))]
    public void Coming_years_are_those_written_down(string exchange, int year, string closed, string early)
    {
        var calendar = CalendarOf(exchange);
        var (from, to) = (new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));

        Assert.Equal(closed, Text(calendar.Holidays(from, to).Select(holiday => holiday.Date)));
        Assert.Equal(early, Text(calendar.EarlyCloses(from, to).Select(close => close.Date)));
    }

    // Toushiru (Rakuten Securities), 30 December 2024: the last session of 2009 was the first with an afternoon.
    [Theory]
    [InlineData("2008-12-30", "02:00")]
    [InlineData("2009-01-05", "02:00")]
    [InlineData("2009-12-30", "06:00")]
    [InlineData("2010-01-04", "06:00")]
    [InlineData("2024-11-01", "06:00")]
    [InlineData("2024-11-05", "06:30")]
    public void Tokyo_closes_as_it_did_at_the_time(string session, string utc)
    {
        var close = CalendarOf("XTKS").SessionOn(DateOnly.Parse(session, CultureInfo.InvariantCulture))!.Value.Close;

        Assert.Equal($"{session} {utc}", close.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
    }

    // The dates of the European Central Bank's own file are the working days of TARGET.
    [Fact]
    public void Reference_rates_are_there_on_exactly_the_days_of_the_calendar()
    {
        using var file = new StreamReader(new System.IO.Compression.GZipStream(
            File.OpenRead(SharedData.PathOf("fx/eurofxref-hist.csv.gz")),
            System.IO.Compression.CompressionMode.Decompress));
        var dates = file.ReadToEnd().Split('\n').Skip(1).Where(line => line.Length > 10)
            .Select(line => DateOnly.ParseExact(line[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture))
            .Order().ToArray();

        Assert.Equal(6983, dates.Length);
        Assert.Equal(dates, TradingCalendar.Target.Sessions(dates[0], dates[^1]));
    }

    private static TradingCalendar CalendarOf(string exchange)
    {
        Assert.True(Exchange.TryFind(exchange, out var found));
        return TradingCalendar.Of(found);
    }

    private static string Text(IEnumerable<DateOnly> dates) =>
        string.Join(' ', dates.Select(date => date.ToString("MM-dd", CultureInfo.InvariantCulture)));
}

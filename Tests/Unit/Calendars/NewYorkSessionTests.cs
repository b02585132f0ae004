using System.Globalization;
using System.IO.Compression;
using Trading.Domain.Calendars;
using Trading.Domain.Market;

namespace Trading.Tests.Unit.Calendars;

/// <summary>The sessions of New York against days for which there are prices.</summary>
public sealed class NewYorkSessionTests
{
    private static readonly TradingCalendar _calendar = TradingCalendar.Of(Exchange.All[0]);

    // Dates with a bar of any ticker, first to last.
    [Theory]
    [InlineData("equities/all_stocks_5yr.csv.gz", 0, "2013-02-08", "2018-02-07", 1259)]
    [InlineData("equities/us-top-close-only-2021-2026.csv.gz", 0, "2021-01-04", "", 0)]
    [InlineData("equities/full-history-raw-with-actions-KO-MSFT.csv.gz", 1, "1999-11-01", "2021-04-21", 5402)]
    [InlineData("indices/spy-daily-raw-lean.csv", 0, "1998-01-02", "2021-03-31", 5849)]
    public void Sessions_are_exactly_the_days_with_prices(
        string file, int column, string first, string last, int count)
    {
        var dates = Dates(file, column);
        var from = DateOnly.Parse(first, CultureInfo.InvariantCulture);
        var to = last.Length > 0 ? DateOnly.Parse(last, CultureInfo.InvariantCulture) : dates.Max;

        var sessions = _calendar.Sessions(from, to).ToArray();

        Assert.Equal(from, dates.Min);
        Assert.Equal(to, dates.Max);
        Assert.True(count == 0 || dates.Count == count);
        Assert.Equal(dates, sessions);
        Assert.Equal(sessions.Length, _calendar.Count(from, to));
    }

    [Fact]
    public void Holidays_are_the_blank_days_of_the_index_of_the_federal_reserve()
    {
        var rows = File.ReadLines(SharedData.PathOf("indices/sp500-fred-daily-2016-2026.csv")).Skip(1)
            .Select(line => line.Split(',')).ToList();
        var blank = rows.Where(row => row[1].Length == 0).Select(row => row[0]).ToList();

        var holidays = _calendar.Holidays(Date(rows[0][0]), Date(rows[^1][0])).Select(holiday => Text(holiday.Date));

        Assert.Equal(95, blank.Count);
        Assert.Equal(blank, holidays);
    }

    private static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static SortedSet<DateOnly> Dates(string file, int column)
    {
        var path = SharedData.PathOf(file);
        using Stream stored = File.OpenRead(path);
        using var reader = new StreamReader(
            path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stored, CompressionMode.Decompress) : stored);
        var texts = new HashSet<string>(StringComparer.Ordinal);
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            texts.Add(line.Split(',', column + 2)[column]);
        }

        return [.. texts.Select(Date)];
    }
}

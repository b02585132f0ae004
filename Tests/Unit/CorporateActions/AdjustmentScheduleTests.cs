using System.Globalization;
using Trading.Domain.CorporateActions;
using Trading.Domain.Market;

namespace Trading.Tests.Unit.CorporateActions;

/// <summary>Adjusted prices against those of Alpha Vantage, and of the New York Stock Exchange's own tape.</summary>
public sealed class AdjustmentScheduleTests
{
    private static readonly PriceBasis _asTraded =
        new(DateOnly.MinValue, DateOnly.MaxValue, PriceAdjustment.None, DateOnly.MinValue);

    // GE's adjusted closes carry more rounding: data/README.md.
    [Theory]
    [InlineData("equities/us150-raw-with-actions-2018-2021.csv.gz", 150)]
    [InlineData("equities/full-history-raw-with-actions-KO-MSFT.csv.gz", 2)]
    public void Total_adjusted_closes_are_those_of_the_source(string file, int tickers)
    {
        var histories = RawHistory.Read(file);

        Assert.Equal(tickers, histories.Count);
        Assert.All(histories, history =>
        {
            var days = history.ToList();
            var schedule = new AdjustmentSchedule(RawHistory.PricedActionsOf(days), [_asTraded]);
            // Adjusted as of its last day, which for some is a split after the file.
            var scale = days[^1].AdjustedClose / days[^1].Close;
            var tolerance = history.Key == "GE" ? 1e-5 : 1e-7;
            foreach (var day in days)
            {
                var adjusted = day.Close * schedule.On(day.Date, PriceAdjustment.Total).Price * scale;
                Assert.True(
                    Math.Abs((adjusted / day.AdjustedClose) - 1) < tolerance,
                    $"{history.Key} {day.Date:O}: {adjusted} is not {day.AdjustedClose}");
            }
        });
    }

    [Fact]
    public void Nothing_is_adjusted_for_a_split_that_the_prices_have_in_them_and_everything_where_they_do_not()
    {
        var apple = RawHistory.Read("equities/us150-raw-with-actions-2018-2021.csv.gz")["AAPL"].ToList();
        var before = new DateOnly(2020, 8, 28);
        var split = new DateOnly(2020, 8, 31);
        List<RawDay> adjusted = [.. apple.Select(day => day.Date < split
            ? day with { Open = day.Open / 4, Close = day.Close / 4 }
            : day)];

        var raw = new AdjustmentSchedule(RawHistory.PricedActionsOf(apple), []);
        var same = new AdjustmentSchedule(RawHistory.PricedActionsOf(adjusted), []);

        Assert.Equal((0.25, 4.0), raw.On(before, PriceAdjustment.Split));
        Assert.Equal((1.0, 1.0), raw.On(split, PriceAdjustment.Split));
        Assert.Equal((1.0, 1.0), same.On(before, PriceAdjustment.Split));
        Assert.Equal((1.0, 1.0), raw.On(before, PriceAdjustment.None));
        var day = apple.Single(each => each.Date == before);
        Assert.Equal(
            day.Close * raw.On(before, PriceAdjustment.Total).Price,
            day.Close / 4 * same.On(before, PriceAdjustment.Total).Price,
            1e-9);
    }

    // A jump of the market that looks like the split's opposite: only what is known of the prices can tell.
    [Fact]
    public void What_is_known_of_the_prices_goes_before_what_they_look_like()
    {
        var split = new CorporateAction(new DateOnly(2020, 1, 3), CorporateActionKind.Split, 1.1);
        var priced = new PricedAction(split, new(2020, 1, 2), 100, new(2020, 1, 3), 100, 100);
        var day = new DateOnly(2020, 1, 2);
        PriceBasis raw = new(day, day, PriceAdjustment.None, default);
        PriceBasis adjusted = new(day, day, PriceAdjustment.Split, new(2020, 2, 1));
        PriceBasis older = new(day, day, PriceAdjustment.Split, new(2020, 1, 2));

        double Of(params PriceBasis[] bases) =>
            new AdjustmentSchedule([priced], bases).On(day, PriceAdjustment.Split).Price;

        Assert.Equal(1, Of());
        Assert.Equal(1 / 1.1, Of(raw), 1e-12);
        Assert.Equal(1, Of(adjusted));
        Assert.Equal(1 / 1.1, Of(older), 1e-12);
    }

    // The Kaggle file is split-adjusted as of 2018, and its prices show it: Apple's 7 for 1 of 2014 is not among them.
    [Theory]
    [InlineData("AAPL", "2014-06-09", 7)]
    [InlineData("MA", "2014-01-22", 10)]
    [InlineData("V", "2015-03-19", 4)]
    [InlineData("NFLX", "2015-07-15", 7)]
    [InlineData("SBUX", "2015-04-09", 2)]
    [InlineData("NKE", "2015-12-24", 2)]
    public void A_file_that_is_split_adjusted_is_found_to_be(string ticker, string exDate, double split)
    {
        var date = DateOnly.ParseExact(exDate, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var days = Kaggle(ticker);

        var found = PriceBases.Detect(days, [new CorporateAction(date, CorporateActionKind.Split, split)]);
        var traded = PriceBases.Detect(
            [.. days.Select(day => day.Session < date ? (day.Session, day.Open * split, day.Close * split) : day)],
            [new CorporateAction(date, CorporateActionKind.Split, split)]);

        Assert.Equal(PriceAdjustment.Split, found);
        Assert.Equal(PriceAdjustment.None, traded);
        Assert.Null(PriceBases.Detect(days, []));
    }

    [Fact]
    public void What_is_stored_later_holds_and_ranges_alike_grow_together()
    {
        static PriceBasis Raw(int from, int to) =>
            new(new(2020, 1, from), new(2020, 1, to), PriceAdjustment.None, DateOnly.MinValue);
        PriceBasis adjusted = new(new(2020, 1, 10), new(2020, 1, 20), PriceAdjustment.Split, new(2020, 6, 1));

        IReadOnlyList<PriceBasis> known = PriceBases.With([], Raw(1, 31));
        known = PriceBases.With(known, adjusted);

        Assert.Equal([Raw(1, 9), adjusted, Raw(21, 31)], known);
        Assert.Equal([Raw(1, 31)], PriceBases.With(known, Raw(8, 22)));
        Assert.Equal([Raw(1, 31)], PriceBases.With(PriceBases.With([], Raw(1, 17)), Raw(20, 31)));
    }

    private static List<(DateOnly Session, double Open, double Close)> Kaggle(string ticker)
    {
        using var text = new StreamReader(new System.IO.Compression.GZipStream(
            File.OpenRead(SharedData.PathOf("equities/all_stocks_5yr.csv.gz")),
            System.IO.Compression.CompressionMode.Decompress));
        var days = new List<(DateOnly, double, double)>();
        while (text.ReadLine() is { } line)
        {
            if (line.EndsWith("," + ticker, StringComparison.Ordinal))
            {
                var fields = line.Split(',');
                days.Add((
                    DateOnly.ParseExact(fields[0], "yyyy-MM-dd", CultureInfo.InvariantCulture),
                    double.Parse(fields[1], CultureInfo.InvariantCulture),
                    double.Parse(fields[4], CultureInfo.InvariantCulture)));
            }
        }

        return days;
    }
}

using System.Globalization;
using Trading.Domain.CorporateActions;
using Trading.Domain.Market;

namespace Trading.Tests.Unit.CorporateActions;

/// <summary>Positions across twenty real splits: how many shares there are, and what they cost.</summary>
public sealed class RealSplitTests
{
    // The companies' announcements: new shares for old shares, effective on that date.
    public static TheoryData<string, string, int, int> Splits => new()
    {
        { "AAPL", "2005-02-28", 2, 1 },
        { "AAPL", "2014-06-09", 7, 1 },
        { "AAPL", "2020-08-31", 4, 1 },
        { "TSLA", "2020-08-31", 5, 1 },
        { "NVDA", "2007-09-11", 3, 2 },
        { "NFLX", "2015-07-15", 7, 1 },
        { "MA", "2014-01-22", 10, 1 },
        { "V", "2015-03-19", 4, 1 },
        { "MSFT", "2003-02-18", 2, 1 },
        { "KO", "2012-08-13", 2, 1 },
        { "NEE", "2020-10-27", 4, 1 },
        { "SHW", "2021-04-01", 3, 1 },
        { "TJX", "2018-11-07", 2, 1 },
        { "CSX", "2011-06-16", 3, 1 },
        { "CMCSA", "2007-02-22", 3, 2 },
        { "C", "2011-05-09", 1, 10 },
        { "AIG", "2009-07-01", 1, 20 },
        { "BKNG", "2003-06-16", 1, 6 },
        { "DUK", "2012-07-03", 1, 3 },
        { "MSI", "2011-01-04", 1, 7 },
    };

    [Fact]
    public void There_are_twenty_and_five_of_them_merge_shares() =>
        Assert.Equal((20, 5), (Splits.Count, Splits.Count(row => row.Data.Item3 < row.Data.Item4)));

    [Theory]
    [MemberData(nameof(Splits))]
    public void A_split_changes_the_quantity_and_neither_the_cost_nor_what_was_sold_before_it(
        string ticker, string exDate, int newShares, int oldShares)
    {
        var date = DateOnly.ParseExact(exDate, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var split = new CorporateAction(date, CorporateActionKind.Split, CoefficientOf(ticker, exDate));
        ShareTrade[] trades =
        [
            new(date.AddDays(-60), 840, 50m, 4m),
            new(date.AddDays(-40), 420, 60m),
            // Sold before the split: 420 of the first 840, at a gain of 20 each.
            new(date.AddDays(-20), -420, 70m, 2m),
        ];

        var before = ShareAccount.Replay(trades, [split], date.AddDays(-1));
        var after = ShareAccount.Replay(trades, [split], date);

        Assert.Equal(840, before.Held.Quantity);
        Assert.Equal(840m * newShares / oldShares, after.Held.Quantity);
        // Half of the first purchase with half of its fee, and all of the second.
        Assert.Equal(21_002m + 25_200m, before.Held.Cost);
        Assert.Equal(before.Held.Cost, after.Held.Cost);
        Assert.Equal(before.Held.CostPerShare!.Value * oldShares / newShares, after.Held.CostPerShare!.Value, 12);
        Assert.Equal((420m * 20m) - 2m - 2m, after.Realised);
        Assert.Equal(before.Realised, after.Realised);
    }

    [Theory]
    [MemberData(nameof(Splits))]
    public void What_is_sold_after_a_split_is_counted_in_new_shares(
        string ticker, string exDate, int newShares, int oldShares)
    {
        var date = DateOnly.ParseExact(exDate, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var split = new CorporateAction(date, CorporateActionKind.Split, CoefficientOf(ticker, exDate));
        var all = 840m * newShares / oldShares;
        var price = 75m * oldShares / newShares;

        // On the ex-date itself the trade is one in new shares.
        var account = ShareAccount.Replay(
            [new(date.AddDays(-60), 840, 50m), new(date, -all, price)], [split], date);

        Assert.Equal((0m, 0m), (account.Held.Quantity, account.Held.Cost));
        Assert.Equal(840m * 25m, account.Realised, 12);
    }

    // What the market paid before and after: the value of a position goes on, however many shares it has.
    [Theory]
    [InlineData("us150-raw-with-actions-2018-2021.csv.gz", "AAPL", "2020-08-31")]
    [InlineData("us150-raw-with-actions-2018-2021.csv.gz", "NEE", "2020-10-27")]
    [InlineData("us150-raw-with-actions-2018-2021.csv.gz", "SHW", "2021-04-01")]
    [InlineData("us150-raw-with-actions-2018-2021.csv.gz", "TJX", "2018-11-07")]
    [InlineData("full-history-raw-with-actions-KO-MSFT.csv.gz", "MSFT", "2003-02-18")]
    [InlineData("full-history-raw-with-actions-KO-MSFT.csv.gz", "KO", "2012-08-13")]
    public void The_value_of_a_position_goes_on_over_its_split(string file, string ticker, string exDate)
    {
        var days = RawHistory.Read($"equities/{file}")[ticker].ToList();
        var place = days.FindIndex(day => day.Date.ToString("O", CultureInfo.InvariantCulture) == exDate);
        var (before, on) = (days[place - 1], days[place]);
        ShareTrade[] trades = [new(before.Date, 100, (decimal)before.Close)];

        var account = ShareAccount.Replay(trades, RawHistory.ActionsOf(on), on.Date);

        var value = (double)account.Held.Quantity * on.Open;
        Assert.InRange(value / (100 * before.Close), 0.97, 1.03);
        Assert.Equal(100m * (decimal)before.Close, account.Held.Cost);
    }

    // Coca-Cola, 100 shares from 1999: 200 from 13 August 2012 on; dividends as the file tells them.
    [Fact]
    public void Dividends_are_paid_on_the_shares_of_their_day()
    {
        var days = RawHistory.Read("equities/full-history-raw-with-actions-KO-MSFT.csv.gz")["KO"].ToList();
        var split = new DateOnly(2012, 8, 13);
        var bought = days[0].Date;

        var account = ShareAccount.Replay(
            [new(bought, 100, (decimal)days[0].Close)], days.SelectMany(RawHistory.ActionsOf), days[^1].Date);

        var expected = days.Where(day => day.Date > bought)
            .Sum(day => (decimal)day.Dividend * (day.Date < split ? 100 : 200));
        Assert.Equal(200, account.Held.Quantity);
        Assert.Equal(expected, account.Dividends);
        Assert.True(expected > 4000);
    }

    [Fact]
    public void Who_buys_on_the_ex_date_has_no_right_to_what_was_before()
    {
        var date = new DateOnly(2020, 8, 31);
        CorporateAction[] actions =
            [new(date, CorporateActionKind.Split, 4), new(date, CorporateActionKind.Dividend, 0.5)];

        var account = ShareAccount.Replay([new(date, 10, 129m)], actions, date);

        Assert.Equal((10m, 1290m, 0m), (account.Held.Quantity, account.Held.Cost, account.Dividends));
    }

    [Fact]
    public void Trades_out_of_order_or_of_more_than_is_held_are_refused()
    {
        var day = new DateOnly(2020, 1, 2);

        Assert.Throws<ArgumentException>(() => ShareAccount.Replay([new(day, 5, 1), new(day.AddDays(-1), 5, 1)], [], day));
        Assert.Throws<ArgumentException>(() => ShareAccount.Replay([new(day, 5, 1), new(day, -6, 1)], [], day));
        Assert.Throws<ArgumentOutOfRangeException>(() => SplitRatio.Of(0));
    }

    private static double CoefficientOf(string ticker, string exDate)
    {
        var row = File.ReadLines(SharedData.PathOf("equities/us504-splits-1999-2021.csv"))
            .Single(line => line.StartsWith($"{ticker},{exDate},", StringComparison.Ordinal));
        return double.Parse(row.Split(',')[2], CultureInfo.InvariantCulture);
    }
}

using Trading.Domain.Backtesting;
using Trading.Domain.Strategies;
using static Trading.Domain.Strategies.StrategyAction;

namespace Trading.Tests.Unit.Backtesting;

/// <summary>Every rule of fills, worked out by hand, on both ways through the engine.</summary>
public sealed class FillTests
{
    private static readonly PositionSize _one = new(PositionSizeRule.Units, 1);

    public static TheoryData<bool> Ways => [false, true];

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_market_order_is_filled_at_the_next_open_with_slippage_and_fees(bool isPortfolio)
    {
        var history = Given.Bars((99, 99, 99, 99), (100, 110, 95, 108), (120, 125, 119, 124), (1, 1, 1, 1));
        var decisions = Plan(4, (0, EnterLong), (1, ExitLong));
        var settings = Given.Free with { Costs = new(FeeRate: 0.01m, FeePerOrder: 2, SlippageRate: 0.1m) };

        var report = Given.Run(history, decisions, settings, isPortfolio);

        var trade = Assert.Single(report.Trades);
        Assert.Equal(110, trade.EntryPrice);
        Assert.Equal(108, trade.ExitPrice);
        Assert.Equal(Given.Start.AddDays(1), trade.EntryTime);
        Assert.Equal(Given.Start.AddDays(2), trade.ExitTime);
        Assert.Equal(ExitReason.Signal, trade.ExitReason);
        Assert.Equal(1.10m + 2 + 1.08m + 2, trade.Fees);
        Assert.Equal(-2 - 6.18m, trade.Profit);
        Assert.Equal([1000, 1000 - 113.1 + 108, 991.82, 991.82], report.Equity.Equity.ToArray(), Near);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_stop_that_is_gapped_through_is_filled_at_the_open(bool isPortfolio)
    {
        var history = Given.Bars((100, 100, 100, 100), (100, 101, 99, 100), (90, 97, 88, 95));

        var trade = Single(history, Plan(3, 5, null, (0, EnterLong)), isPortfolio);

        Assert.Equal((90, ExitReason.Stop), (trade.ExitPrice, trade.ExitReason));
        Assert.Equal(-2, trade.RMultiple);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_stop_that_is_touched_is_filled_at_the_stop_with_slippage(bool isPortfolio)
    {
        var history = Given.Bars((100, 100, 100, 100), (100, 101, 99, 100), (99, 100, 95, 98));
        var settings = Given.Free with { Costs = new(0, 0, 0.01m) };

        var trade = Single(history, Plan(3, 5, null, (0, EnterLong)), isPortfolio, settings);

        Assert.Equal(101, trade.EntryPrice);
        Assert.Equal(96, trade.StopPrice);
        Assert.Equal((96 * 0.99m, ExitReason.Stop), (trade.ExitPrice, trade.ExitReason));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_target_is_filled_at_its_price_without_slippage(bool isPortfolio)
    {
        var history = Given.Bars((100, 100, 100, 100), (100, 101, 99, 100), (99, 108, 98, 98));
        var settings = Given.Free with { Costs = new(0, 0, 0.01m) };

        var trade = Single(history, Plan(3, null, 5, (0, EnterLong)), isPortfolio, settings);

        Assert.Equal((106, ExitReason.Target), (trade.ExitPrice, trade.ExitReason));
        Assert.Equal(106, trade.TargetPrice);
        Assert.Null(trade.RMultiple);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_target_that_the_open_is_beyond_is_filled_at_the_better_open(bool isPortfolio)
    {
        var history = Given.Bars((100, 100, 100, 100), (100, 101, 99, 100), (112, 115, 101, 103));

        var trade = Single(history, Plan(3, null, 5, (0, EnterLong)), isPortfolio);

        Assert.Equal((112, ExitReason.Target), (trade.ExitPrice, trade.ExitReason));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Of_a_stop_and_a_target_touched_in_the_same_bar_the_stop_comes_first(bool isPortfolio)
    {
        var history = Given.Bars((100, 100, 100, 100), (100, 110, 90, 108));

        var trade = Single(history, Plan(2, 5, 5, (0, EnterLong)), isPortfolio);

        Assert.Equal((95, ExitReason.Stop), (trade.ExitPrice, trade.ExitReason));
        Assert.Equal(0, trade.BarsHeld);
        Assert.Equal(-5, trade.MaximumAdverseExcursion);
        Assert.Equal(0, trade.MaximumFavourableExcursion);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void An_expiring_position_is_closed_at_the_close_of_the_expiring_bar(bool isPortfolio)
    {
        var history = Given.Closes(100, 101, 102, 103, 104, 105);
        var decisions = new StrategyDecisions
        {
            Actions = Given.Actions(6, (0, EnterLong)),
            ExpiryBars = 2,
            Size = _one,
        };

        var trade = Single(history, decisions, isPortfolio);

        Assert.Equal((103, ExitReason.Expiry, 2), (trade.ExitPrice, trade.ExitReason, trade.BarsHeld));
        Assert.Equal(Given.Start.AddDays(3), trade.ExitTime);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void The_last_bar_closes_what_is_open_at_its_close_and_says_so(bool isPortfolio)
    {
        var history = Given.Bars((100, 100, 100, 100), (100, 101, 99, 100), (99, 108, 98, 104));

        var trade = Single(history, Plan(3, (0, EnterLong), (2, ExitLong)), isPortfolio);

        Assert.Equal((104, ExitReason.End), (trade.ExitPrice, trade.ExitReason));
        Assert.Equal((-2, 8), (trade.MaximumAdverseExcursion, trade.MaximumFavourableExcursion));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_short_position_is_the_mirror_of_a_long_one(bool isPortfolio)
    {
        var gapped = Given.Bars((100, 100, 100, 100), (100, 101, 99, 100), (108, 109, 107, 108));
        var touched = Given.Bars((100, 100, 100, 100), (100, 106, 94, 100));
        var reached = Given.Bars((100, 100, 100, 100), (100, 103, 94, 100));
        var beyond = Given.Bars((100, 100, 100, 100), (100, 103, 97, 100), (90, 103, 85, 100));

        Assert.Equal((108, ExitReason.Stop, -8), Left(gapped));
        Assert.Equal((105, ExitReason.Stop, -5), Left(touched));
        Assert.Equal((95, ExitReason.Target, 5), Left(reached));
        Assert.Equal((90, ExitReason.Target, 10), Left(beyond));

        (decimal Price, ExitReason Reason, decimal Profit) Left(PriceHistory history)
        {
            var trade = Single(history, Plan(history.Count, 5, 5, (0, EnterShort)), isPortfolio);
            Assert.Equal(TradeDirection.Short, trade.Direction);
            return (trade.ExitPrice, trade.ExitReason, trade.Profit);
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Going_to_the_other_side_closes_and_enters_at_the_same_open(bool isPortfolio)
    {
        var history = Given.Closes(100, 100, 110, 120, 90);

        var report = Given.Run(history, Plan(5, (0, EnterLong), (2, EnterShort)), Given.Free, isPortfolio);

        Assert.Equal([ExitReason.Reversal, ExitReason.End], report.Trades.Select(trade => trade.ExitReason));
        Assert.Equal([10m, 20m], report.Trades.Select(trade => trade.Profit));
        Assert.Equal([1000, 1000, 1010, 1000, 1030], report.Equity.Equity.ToArray());
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Where_nothing_may_be_sold_short_an_entry_to_that_side_only_closes(bool isPortfolio)
    {
        var history = Given.Closes(100, 100, 110, 120, 90);
        var settings = Given.Free with { AllowShort = false };

        var trade = Single(history, Plan(5, (0, EnterLong), (2, EnterShort)), isPortfolio, settings);

        Assert.Equal((110, ExitReason.Signal), (trade.ExitPrice, trade.ExitReason));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Entries_to_both_sides_at_once_mean_nothing(bool isPortfolio)
    {
        var history = Given.Closes(100, 100, 110, 120);

        var report = Given.Run(history, Plan(4, (0, EnterLong | EnterShort)), Given.Free, isPortfolio);

        Assert.Empty(report.Trades);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void An_exit_that_was_ordered_comes_before_a_stop_at_the_same_open(bool isPortfolio)
    {
        var history = Given.Bars((100, 100, 100, 100), (100, 101, 99, 100), (90, 97, 88, 95));

        var trade = Single(history, Plan(3, 5, null, (0, EnterLong), (1, ExitLong)), isPortfolio);

        Assert.Equal((90, ExitReason.Signal), (trade.ExitPrice, trade.ExitReason));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_decision_of_the_last_bar_is_never_filled(bool isPortfolio)
    {
        var report = Given.Run(Given.Closes(100, 101), Plan(2, (1, EnterLong)), Given.Free, isPortfolio);

        Assert.Empty(report.Trades);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Bars_before_the_first_that_counts_decide_but_are_not_traded(bool isPortfolio)
    {
        var history = Given.Closes(100, 101, 102, 103, 104);
        var settings = Given.Free with { From = Given.Start.AddDays(2) };

        var report = Given.Run(history, Plan(5, (0, EnterLong), (1, EnterLong)), settings, isPortfolio);

        Assert.Equal(101, Assert.Single(report.Trades).EntryPrice);
        Assert.Equal(Given.Start.AddDays(2), report.Trades[0].EntryTime);
        Assert.Equal(3, report.Equity.Count);
    }

    private static bool Near(double expected, double actual) => Math.Abs(expected - actual) < 1e-9;

    private static StrategyDecisions Plan(int bars, params (int, StrategyAction)[] actions) =>
        Plan(bars, null, null, actions);

    private static StrategyDecisions Plan(
        int bars, double? stop, double? target, params (int, StrategyAction)[] actions) => new()
        {
            Actions = Given.Actions(bars, actions),
            StopDistance = stop is { } ? Given.Distance(bars, stop.Value) : default,
            TargetDistance = target is { } ? Given.Distance(bars, target.Value) : default,
            Size = _one,
        };

    private static Trade Single(
        PriceHistory history, StrategyDecisions decisions, bool isPortfolio, BacktestSettings? settings = null) =>
        Assert.Single(Given.Run(history, decisions, settings ?? Given.Free, isPortfolio).Trades);
}

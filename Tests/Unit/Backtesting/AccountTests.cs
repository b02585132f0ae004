using Trading.Domain.Backtesting;
using Trading.Domain.Market;
using Trading.Domain.Strategies;
using static Trading.Domain.Strategies.StrategyAction;

namespace Trading.Tests.Unit.Backtesting;

/// <summary>Cash, sizes, collateral, dividends and ruin, worked out by hand.</summary>
public sealed class AccountTests
{
    public static TheoryData<bool> Ways => [false, true];

    [Theory]
    [MemberData(nameof(Ways))]
    public void All_equity_buys_what_can_be_paid_with_its_fees(bool isPortfolio)
    {
        var settings = Given.Free with { Costs = new(FeeRate: 0.01m, FeePerOrder: 5, SlippageRate: 0) };

        var report = Given.Run(
            Given.Closes(100, 100, 100), new() { Actions = Given.Actions(3, (0, EnterLong)) }, settings, isPortfolio);

        // 9 units cost 909 and 5; 10 would cost 1,015.
        Assert.Equal(9, Assert.Single(report.Trades).Units);
        Assert.Equal(0, report.ReducedEntries);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Fractions_are_bought_where_the_step_allows_it(bool isPortfolio)
    {
        var instrument = new BacktestInstrument("BTC/USDT", Given.Closes(30_000, 30_000, 33_000)) { UnitStep = 0.0001m };

        var report = Given.Run(
            [instrument], [new() { Actions = Given.Actions(3, (0, EnterLong)) }], Given.Free, isPortfolio);

        Assert.Equal(0.0333m, Assert.Single(report.Trades).Units);
        Assert.Equal(99.9m, report.Trades[0].Profit);
    }

    [Theory]
    [InlineData(PositionSizeRule.Cash, 350, 3, 0)]
    [InlineData(PositionSizeRule.Cash, 5000, 10, 1)]
    [InlineData(PositionSizeRule.Units, 4, 4, 0)]
    [InlineData(PositionSizeRule.Units, 40, 10, 1)]
    [InlineData(PositionSizeRule.Equity, 0.55, 5, 0)]
    [InlineData(PositionSizeRule.Risk, 0.02, 4, 0)]
    [InlineData(PositionSizeRule.Risk, 0.5, 10, 1)]
    public void A_size_that_cannot_be_paid_is_reduced_and_counted(
        PositionSizeRule rule, double amount, int units, int reduced)
    {
        var decisions = new StrategyDecisions
        {
            Actions = Given.Actions(3, (0, EnterLong)),
            StopDistance = Given.Distance(3, 5),
            Size = new(rule, amount),
        };

        var report = Given.Run(Given.Closes(100, 100, 100), decisions, Given.Free);

        Assert.Equal(units, Assert.Single(report.Trades).Units);
        Assert.Equal((reduced, 0), (report.ReducedEntries, report.RefusedEntries));
    }

    [Theory]
    [InlineData(PositionSizeRule.Equity, 0.05)]
    [InlineData(PositionSizeRule.Risk, 0.02)]
    public void An_entry_that_pays_not_one_unit_or_lacks_its_stop_is_refused_and_counted(
        PositionSizeRule rule, double amount)
    {
        var decisions = new StrategyDecisions { Actions = Given.Actions(3, (0, EnterLong)), Size = new(rule, amount) };

        var report = Given.Run(Given.Closes(100, 100, 100), decisions, Given.Free);

        Assert.Empty(report.Trades);
        Assert.Equal((0, 1), (report.ReducedEntries, report.RefusedEntries));
    }

    [Fact]
    public void Several_instruments_share_equity_and_one_cash_account()
    {
        BacktestInstrument[] instruments =
            [new("A", Given.Closes(100, 100, 110, 110)), new("B", Given.Closes(50, 50, 50, 40))];
        StrategyDecisions[] decisions =
        [
            new() { Actions = Given.Actions(4, (0, EnterLong)) },
            new() { Actions = Given.Actions(4, (1, EnterLong)) },
        ];

        var report = Given.Run(instruments, decisions, Given.Free, true);

        // A: half of 1,000 at 100. B: half of 1,000 at 50, at an open at which A still stands at 100.
        Assert.Equal([("A", 5m, 50m), ("B", 10m, -100m)], report.Trades.Select(Summary));
        Assert.Equal([1000, 1000, 1050, 950], report.Equity.Equity.ToArray());
        Assert.Equal([0, 500.0 / 1000, 1050.0 / 1050, 950.0 / 950], Held(report));

        static (string, decimal, decimal) Summary(Trade trade) => (trade.Ticker, trade.Units, trade.Profit);

        // The end closes what is held: exposure before it is that of the close before.
        static double[] Held(BacktestReport report) =>
            [.. report.Equity.Exposure()[..3], report.Trades.Sum(trade => (double)(trade.Units * trade.ExitPrice)) / 950];
    }

    [Fact]
    public void Units_sold_short_bind_what_they_brought_and_as_much_again()
    {
        BacktestInstrument[] instruments =
            [new("A", Given.Closes(100, 100, 100, 100)), new("B", Given.Closes(100, 100, 100, 100))];
        StrategyDecisions[] decisions =
        [
            new() { Actions = Given.Actions(4, (0, EnterShort)), Size = new(PositionSizeRule.Units, 7) },
            new() { Actions = Given.Actions(4, (1, EnterLong)), Size = new(PositionSizeRule.Units, 7) },
        ];

        var report = Given.Run(instruments, decisions, Given.Free, true);

        // Cash is 1,700; twice 700 is bound; 300 buys 3.
        Assert.Equal([7m, 3m], report.Trades.Select(trade => trade.Units));
        Assert.Equal(1, report.ReducedEntries);
    }

    [Theory]
    [InlineData(EnterLong, 20)]
    [InlineData(EnterShort, -20)]
    public void Dividends_are_cash_for_who_held_before_the_ex_date_and_shorts_pay_them(StrategyAction side, int paid)
    {
        var exDate = DateOnly.FromDateTime(Given.Start);
        var instrument = new BacktestInstrument("X", Given.Closes(100, 100, 100, 100, 100))
        {
            // Those of the day of entry and after the exit are not paid.
            Dividends = [new(exDate.AddDays(1), 7), new(exDate.AddDays(2), 2), new(exDate.AddDays(4), 9)],
        };
        var exit = side == EnterLong ? ExitLong : ExitShort;
        var decisions = new StrategyDecisions { Actions = Given.Actions(5, (0, side), (2, exit)) };

        var report = Given.Run([instrument], [decisions], Given.Free, false);

        var trade = Assert.Single(report.Trades);
        Assert.Equal((paid, paid), (trade.Dividends, trade.Profit));
        Assert.Equal([1000, 1000, 1000 + paid, 1000 + paid, 1000 + paid], report.Equity.Equity.ToArray());
    }

    [Fact]
    public void Dividends_of_the_time_before_a_split_are_divided_as_the_prices_are()
    {
        CorporateAction[] actions =
        [
            new(new(2020, 8, 31), CorporateActionKind.Split, 4),
            new(new(2020, 8, 7), CorporateActionKind.Dividend, 0.82),
            new(new(2020, 11, 6), CorporateActionKind.Dividend, 0.205),
            new(new(2014, 6, 9), CorporateActionKind.Split, 7),
            new(new(2014, 5, 8), CorporateActionKind.Dividend, 3.29),
        ];

        // Apple's, as its investor relations restate them per share of today.
        Assert.Equal(
            [(new(2014, 5, 8), 0.1175m), (new(2020, 8, 7), 0.205m), (new DateOnly(2020, 11, 6), 0.205m)],
            CashDividend.Of(actions).Select(dividend => (dividend.ExDate, Math.Round(dividend.Amount, 10))));
    }

    [Fact]
    public void Borrowing_is_charged_by_the_day_at_the_last_close()
    {
        var settings = Given.Free with { Costs = TradingCosts.None with { BorrowRate = 0.365m } };
        var decisions = new StrategyDecisions { Actions = Given.Actions(4, (0, EnterShort), (2, ExitShort)) };

        var report = Given.Run(Given.Closes(100, 100, 80, 80), decisions, settings);

        // 10 units: a day at 100 and a day at 80, a thousandth each.
        var trade = Assert.Single(report.Trades);
        Assert.Equal((1.8m, 198.2m), (trade.BorrowCost, trade.Profit));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void An_account_with_nothing_left_is_closed_and_says_when(bool isPortfolio)
    {
        var history = Given.Closes(100, 100, 150, 230, 100, 50, 50);
        var decisions = new StrategyDecisions { Actions = Given.Actions(7, (0, EnterShort), (4, EnterShort)) };

        var report = Given.Run(history, decisions, Given.Free, isPortfolio);

        var trade = Assert.Single(report.Trades);
        Assert.Equal((ExitReason.Liquidation, -1300m), (trade.ExitReason, trade.Profit));
        Assert.Equal(Given.Start.AddDays(3), report.LiquidatedAt);
        Assert.Equal([1000, 1000, 500, -300, -300, -300, -300], report.Equity.Equity.ToArray());
        Assert.Null(report.Performance.Cagr);
    }

    [Fact]
    public void Settings_and_decisions_that_make_no_sense_are_refused()
    {
        var history = Given.Closes(100, 100);
        var fits = new StrategyDecisions { Actions = new StrategyAction[2] };

        Assert.Throws<ArgumentException>(() => Given.Run(history, fits, Given.Free with { InitialCash = 0 }));
        Assert.Throws<ArgumentException>(() => Given.Run(history, new() { Actions = new StrategyAction[1] }, Given.Free));
        Assert.Throws<ArgumentException>(
            () => Given.Run(history, fits, Given.Free with { From = Given.Start.AddDays(9) }));
    }
}

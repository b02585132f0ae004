using FsCheck;
using FsCheck.Fluent;
using Trading.Domain.Backtesting;
using Trading.Domain.Experiments;
using Trading.Domain.Strategies;
using Trading.Tests.Unit.Backtesting;

namespace Trading.Tests.Unit.Experiments;

public sealed class PaperTradingTests
{
    [Fact]
    public void A_point_is_the_same_however_many_bars_come_after_it() => ForAny(seed =>
    {
        var scenario = Scenario.Of(seed, 1 + (int)(seed % 3), paysAndBorrows: seed % 2 == 0);
        var whole = Run(scenario.Instruments, scenario.Decisions, scenario.Settings);

        var first = scenario.Instruments.Max(instrument => instrument.History.Times.Span[0]);
        for (var cut = 1; cut < whole.Times.Length; cut += 1 + (whole.Times.Length / 7))
        {
            // An account begins where each of its instruments has a bar.
            if (whole.Times.Span[cut - 1] < first)
            {
                continue;
            }

            var (instruments, decisions) = Until(scenario, whole.Times.Span[cut - 1]);
            var part = Run(instruments, decisions, scenario.Settings);

            Assert.Equal(whole.Times[..cut].ToArray(), part.Times.ToArray());
            Assert.Equal(whole.Equity[..cut].ToArray(), part.Equity.ToArray());
            Assert.Equal(whole.Invested[..cut].ToArray(), part.Invested.ToArray());
            Assert.Equal(whole.Trades.Where(trade => trade.ExitTime <= part.Times.Span[^1]), part.Trades);
        }
    });

    [Fact]
    public void An_account_on_paper_is_that_of_the_backtest_until_its_last_bar() => ForAny(seed =>
    {
        var scenario = Scenario.Of(seed, 1);
        var backtest = scenario.Run();

        var paper = Run(scenario.Instruments, scenario.Decisions, scenario.Settings);

        Assert.Equal(backtest.Equity.Times.ToArray(), paper.Times.ToArray());
        Assert.Equal(backtest.Equity.Equity.ToArray()[..^1], paper.Equity.ToArray()[..^1]);
        var end = backtest.Equity.Times.Span[^1];
        Assert.Equal(backtest.Trades.Where(trade => trade.ExitTime < end), paper.Trades.Where(trade => trade.ExitTime < end));
    });

    [Fact]
    public void What_is_held_at_the_last_close_stays_held_at_that_close()
    {
        // 1,000 buys 100 at the second bar's open of 10; the last close is 13. No exit is paid for.
        var history = Given.Bars((10, 10, 10, 10), (10, 12, 10, 12), (12, 13, 11, 13));

        var account = Run([new("X", history)], [Plan(3, (0, StrategyAction.EnterLong))], Given.Free);

        Assert.Equal([1000, 1200, 1300], account.Equity.ToArray());
        Assert.Equal([0, 1200, 1300], account.Invested.ToArray());
        Assert.Empty(account.Trades);
        var held = Assert.Single(account.Positions);
        Assert.Equal(("X", TradeDirection.Long, 100m, 10m), (held.Ticker, held.Direction, held.Units, held.EntryPrice));
        Assert.Equal((Given.Start.AddDays(1), 13.0, 1300.0, 300.0), (held.EntryTime, held.Price, held.Value, held.Profit));
        Assert.False(held.IsLeaving);
    }

    [Fact]
    public void What_was_sold_short_gains_as_the_price_falls()
    {
        var history = Given.Bars((10, 10, 10, 10), (10, 10, 8, 8));
        var decisions = new StrategyDecisions
        {
            Actions = Given.Actions(2, (0, StrategyAction.EnterShort)),
            Size = new(PositionSizeRule.Units, 20),
        };

        var held = Assert.Single(Run([new("X", history)], [decisions], Given.Free).Positions);

        Assert.Equal((TradeDirection.Short, 160.0, 40.0), (held.Direction, held.Value, held.Profit));
    }

    [Fact]
    public void What_the_last_close_decides_is_an_order_that_is_not_filled_yet()
    {
        var history = Given.Closes(10, 10, 20);

        var account = Run([new("X", history)], [Plan(3, (2, StrategyAction.EnterLong))], Given.Free);

        Assert.Equal([1000, 1000, 1000], account.Equity.ToArray());
        var order = Assert.Single(account.Positions);
        Assert.Null(order.EntryTime);
        Assert.Null(order.EntryPrice);
        Assert.Equal((50m, 0.0, false), (order.Units, order.Profit, order.IsLeaving));
    }

    [Fact]
    public void What_the_last_close_decides_to_leave_is_still_held_and_says_so()
    {
        var history = Given.Closes(10, 10, 20);

        var account = Run(
            [new("X", history)],
            [Plan(3, (0, StrategyAction.EnterLong), (2, StrategyAction.ExitLong))],
            Given.Free);

        Assert.Empty(account.Trades);
        Assert.True(Assert.Single(account.Positions).IsLeaving);
    }

    [Fact]
    public void Bars_before_the_start_decide_but_are_not_traded()
    {
        var history = Given.Closes(10, 10, 20, 30);
        var plan = Plan(4, (0, StrategyAction.EnterLong), (1, StrategyAction.EnterLong));

        var account = Run([new("X", history)], [plan], Given.Free with { From = Given.Start.AddDays(2) });

        // Decided at the second close, filled at the third bar's open of 10.
        Assert.Equal([Given.Start.AddDays(2), Given.Start.AddDays(3)], account.Times.ToArray());
        Assert.Equal([2000, 3000], account.Equity.ToArray());
    }

    [Fact]
    public void There_is_no_point_before_a_bar_counts()
    {
        var history = Given.Closes(10, 11);

        var account = Run([new("X", history)], [Plan(2)], Given.Free with { From = Given.Start.AddDays(2) });

        Assert.Equal(0, account.Times.Length);
        Assert.Empty(account.Positions);
        Assert.Throws<ArgumentException>(() => Run([], [], Given.Free));
        Assert.Throws<ArgumentException>(() => Run([new("X", Given.Closes())], [Plan(0)], Given.Free));
    }

    [Fact]
    public void An_account_that_has_nothing_left_says_when()
    {
        // Sold short at 10 with all that may be; the price trebles.
        var history = Given.Closes(10, 10, 30, 5);
        var plan = Plan(4, (0, StrategyAction.EnterShort));

        var account = Run([new("X", history)], [plan], Given.Free);

        Assert.Equal(Given.Start.AddDays(2), account.LiquidatedAt);
        Assert.Empty(account.Positions);
        Assert.Equal(account.Equity.Span[2], account.Equity.Span[3]);
    }

    [Fact]
    public void A_strategy_decides_over_each_instrument_of_its_own()
    {
        BacktestInstrument[] instruments = [new("X", Given.Closes(10, 10, 20)), new("Y", Given.Closes(5, 5, 4))];

        var account = PaperTrading.Run(instruments, new BuysAtOnce(), [], Given.Free, TestContext.Current.CancellationToken);

        // A half each: 50 of X and 100 of Y.
        Assert.Equal([1000, 1000, 1400], account.Equity.ToArray());
        Assert.Equal(["X", "Y"], account.Positions.Select(position => position.Ticker));
    }

    [Theory]
    [InlineData(100, 110, 0.1)]
    [InlineData(100, 90, -0.1)]
    [InlineData(0, 50, 0)]
    [InlineData(-5, -5, 0)]
    public void A_return_is_simple_and_zero_where_nothing_is_left(double before, double after, double expected) =>
        Assert.Equal(expected, PaperTrading.Return(before, after), 1e-12);

    private static PaperAccount Run(
        BacktestInstrument[] instruments, StrategyDecisions[] decisions, BacktestSettings settings) =>
        PaperTrading.Run(instruments, decisions, settings, TestContext.Current.CancellationToken);

    private static StrategyDecisions Plan(int bars, params (int Bar, StrategyAction Action)[] actions) =>
        new() { Actions = Given.Actions(bars, actions) };

    /// <summary>What was known then.</summary>
    private static (BacktestInstrument[] Instruments, StrategyDecisions[] Decisions) Until(Scenario scenario, DateTime time)
    {
        var known = scenario.Instruments
            .Select((instrument, index) => (instrument, Decisions: scenario.Decisions[index],
                Bars: instrument.History.Times.ToArray().Count(bar => bar <= time))).ToArray();
        return (
            [.. known.Select(one => one.instrument with { History = one.instrument.History.Slice(0, one.Bars) })],
            [.. known.Select(one => Cut(one.Decisions, one.Bars))]);
    }

    private static StrategyDecisions Cut(StrategyDecisions decisions, int bars) => new()
    {
        Actions = decisions.Actions[..bars],
        StopDistance = decisions.StopDistance.IsEmpty ? default : decisions.StopDistance[..bars],
        TargetDistance = decisions.TargetDistance.IsEmpty ? default : decisions.TargetDistance[..bars],
        ExpiryBars = decisions.ExpiryBars,
        Size = decisions.Size,
    };

    private static void ForAny(Action<long> holds) =>
        Prop.ForAll(Gen.Choose(1, int.MaxValue - 1).Select(seed => (long)seed).ToArbitrary(), holds)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    private sealed class BuysAtOnce : ITradingStrategy
    {
        public string Name => "buys";

        public IReadOnlyList<StrategyParameter> Parameters => [];

        public int WarmUp(ReadOnlySpan<double> arguments) => 0;

        public StrategyDecisions Decide(
            PriceHistory history, ReadOnlySpan<double> arguments, CancellationToken cancellationToken) =>
            Plan(history.Count, (0, StrategyAction.EnterLong));
    }
}

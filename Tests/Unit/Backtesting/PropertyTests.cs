using FsCheck;
using FsCheck.Fluent;
using Trading.Domain.Backtesting;
using Trading.Domain.Strategies;

namespace Trading.Tests.Unit.Backtesting;

/// <summary>What holds for any prices, decisions and settings.</summary>
public sealed class PropertyTests
{
    private const double Tolerance = 1e-9;

    [Fact]
    public void The_engine_does_what_the_plain_rules_say() => ForAny(seed =>
    {
        Check(Scenario.Of(seed, 1));
        Check(Scenario.Of(seed, 1, paysAndBorrows: true));
        Check(Scenario.Of(seed, 4, paysAndBorrows: true));

        static void Check(Scenario scenario)
        {
            var naive = new NaiveBacktest(scenario.Instruments, scenario.Decisions, scenario.Settings);
            naive.Run();
            var report = scenario.Run();
            Assert.Equal(naive.Trades.Count, report.Trades.Count);
            Assert.All(naive.Trades.OrderBy(Key).Zip(report.Trades.OrderBy(KeyOf)), pair =>
            {
                Assert.Equal(
                    (pair.First.Ticker, pair.First.Units, pair.First.Entry, pair.First.Reason),
                    (pair.Second.Ticker, Signed(pair.Second), pair.Second.EntryPrice, pair.Second.ExitReason));
                Near((double)pair.First.Exit, (double)pair.Second.ExitPrice);
                Near((double)pair.First.Profit, (double)pair.Second.Profit);
            });
            Assert.All(naive.Equity.Zip(report.Equity.Equity.ToArray()), pair => Near((double)pair.First, pair.Second));
        }

        static (string, decimal, decimal, decimal) Key(NaiveTrade trade) =>
            (trade.Ticker, trade.Entry, trade.Units, Math.Round(trade.Exit, 6));

        static (string, decimal, decimal, decimal) KeyOf(Trade trade) =>
            (trade.Ticker, trade.EntryPrice, Signed(trade), Math.Round(trade.ExitPrice, 6));
    });

    [Fact]
    public void One_instrument_gives_the_same_bits_on_the_fast_way_and_on_that_of_many() => ForAny(seed =>
    {
        var scenario = Scenario.Of(seed, 1);

        var (fast, general) = (scenario.Run(), scenario.Run(isPortfolio: true));

        Assert.Equal(general.Trades, fast.Trades);
        Assert.Equal(general.Equity.Equity.ToArray(), fast.Equity.Equity.ToArray());
        Assert.Equal(general.Equity.Invested.ToArray(), fast.Equity.Invested.ToArray());
        Assert.Equal(general.Performance, fast.Performance);
        Assert.Equal(general.TradeMetrics, fast.TradeMetrics);
        Assert.Equal(
            (general.ReducedEntries, general.RefusedEntries, general.LiquidatedAt),
            (fast.ReducedEntries, fast.RefusedEntries, fast.LiquidatedAt));
    });

    [Fact]
    public void What_trades_earn_is_what_the_account_gains() => ForAny(seed =>
    {
        var scenario = Scenario.Of(seed, 3, paysAndBorrows: true);

        var report = scenario.Run();

        var earned = report.Trades.Sum(trade => trade.Profit);
        Near((double)(scenario.Settings.InitialCash + earned), report.Performance.FinalEquity);
        foreach (var trade in report.Trades)
        {
            var gross = Signed(trade) * (trade.ExitPrice - trade.EntryPrice);
            Assert.Equal(gross - trade.Fees - trade.BorrowCost + trade.Dividends, trade.Profit, 12);
        }
    });

    [Fact]
    public void Cash_is_never_overspent() => ForAny(seed =>
    {
        var scenario = Scenario.Of(seed, 4);
        var settings = scenario.Settings with { AllowShort = false };

        var report = Given.Run(scenario.Instruments, scenario.Decisions, settings, false);

        for (var bar = 0; bar < report.Equity.Count; bar++)
        {
            var cash = report.Equity.Equity.Span[bar] - report.Equity.Invested.Span[bar];
            Assert.True(cash >= (-4 * (double)settings.Costs.FeePerOrder) - 1e-6);
        }
    });

    [Fact]
    public void Prices_after_a_moment_change_nothing_before_it() => ForAny(seed =>
    {
        var scenario = Scenario.Of(seed, 1);
        var bars = scenario.Instruments[0].History.Count;
        var known = 1 + (int)((ulong)seed % (ulong)bars);

        var whole = scenario.Run();
        var decisions = scenario.Decisions[0];
        var prefix = new StrategyDecisions
        {
            Actions = decisions.Actions[..known],
            StopDistance = decisions.StopDistance.IsEmpty ? default : decisions.StopDistance[..known],
            TargetDistance = decisions.TargetDistance.IsEmpty ? default : decisions.TargetDistance[..known],
            ExpiryBars = decisions.ExpiryBars,
            Size = decisions.Size,
        };
        var instrument = scenario.Instruments[0] with { History = scenario.Instruments[0].History.Slice(0, known) };
        var part = Given.Run([instrument], [prefix], scenario.Settings, false);

        // All but what the end of the part closed.
        var closed = part.Trades.Where(trade => trade.ExitReason != ExitReason.End).ToArray();
        Assert.Equal(whole.Trades.Take(closed.Length), closed);
        Assert.True(part.Trades.Count - closed.Length <= 1);
        Assert.Equal(whole.Equity.Equity[..(known - 1)].ToArray(), part.Equity.Equity[..(known - 1)].ToArray());
    });

    [Fact]
    public void Prices_and_money_times_two_give_profits_times_two() => ForAny(seed =>
    {
        var scenario = Scenario.Of(seed, 1);
        var doubled = Scaled(scenario, 2);

        var (once, twice) = (scenario.Run(), doubled.Run());

        Assert.Equal(once.Trades.Select(trade => trade.Units), twice.Trades.Select(trade => trade.Units));
        Assert.All(
            once.Trades.Zip(twice.Trades),
            pair => Near(2 * (double)pair.First.Profit, (double)pair.Second.Profit));
        Near(once.Performance.TotalReturn, twice.Performance.TotalReturn);
    });

    [Fact]
    public void Short_positions_are_long_ones_seen_in_a_mirror() => ForAny(seed =>
    {
        var scenario = Scenario.Of(seed, 1);
        // More than enough for either side, whatever the prices come to.
        var settings = scenario.Settings with { Costs = TradingCosts.None, AllowShort = true, InitialCash = 1e12m };
        var decisions = Sized(scenario.Decisions[0], scenario.Decisions[0].Actions);
        var mirrored = Sized(scenario.Decisions[0], Swapped(scenario.Decisions[0].Actions.Span));
        var history = scenario.Instruments[0].History;
        // Around twice the highest price, so that all stay above zero.
        var top = 2 * history.High.Span.ToArray().Max();

        var own = Given.Run(history, decisions, settings);
        var other = Given.Run(Mirror(history, top), mirrored, settings);

        Assert.Equal(own.Trades.Count, other.Trades.Count);
        Assert.All(own.Trades.Zip(other.Trades), pair =>
        {
            Assert.Equal((pair.First.ExitReason, pair.First.BarsHeld), (pair.Second.ExitReason, pair.Second.BarsHeld));
            Assert.NotEqual(pair.First.Direction, pair.Second.Direction);
            Assert.Equal(pair.First.Profit, pair.Second.Profit, 6);
            Assert.Equal(pair.First.MaximumAdverseExcursion, pair.Second.MaximumAdverseExcursion, 1e-6);
            Assert.Equal(pair.First.MaximumFavourableExcursion, pair.Second.MaximumFavourableExcursion, 1e-6);
        });
    });

    [Fact]
    public void Excursions_hold_what_a_trade_came_to() => ForAny(seed =>
    {
        var scenario = Scenario.Of(seed, 1);
        var report = Given.Run(
            scenario.Instruments, scenario.Decisions, scenario.Settings with { Costs = TradingCosts.None }, false);

        Assert.All(report.Trades, trade => Assert.InRange(
            (double)trade.Profit,
            trade.MaximumAdverseExcursion - 1e-9,
            trade.MaximumFavourableExcursion + 1e-9));
    });

    private static void ForAny(Action<long> holds) =>
        Prop.ForAll(Gen.Choose(1, int.MaxValue - 1).Select(seed => (long)seed).ToArbitrary(), holds)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    private static void Near(double expected, double actual) =>
        Assert.Equal(expected, actual, Tolerance * Math.Max(1, Math.Abs(expected)));

    private static decimal Signed(Trade trade) => (int)trade.Direction * trade.Units;

    private static StrategyDecisions Sized(StrategyDecisions decisions, ReadOnlyMemory<StrategyAction> actions) => new()
    {
        Actions = actions,
        StopDistance = decisions.StopDistance,
        TargetDistance = decisions.TargetDistance,
        ExpiryBars = decisions.ExpiryBars,
        Size = new(PositionSizeRule.Units, 3),
    };

    private static StrategyAction[] Swapped(ReadOnlySpan<StrategyAction> actions)
    {
        var swapped = new StrategyAction[actions.Length];
        for (var bar = 0; bar < swapped.Length; bar++)
        {
            var flags = (int)actions[bar];
            swapped[bar] = (StrategyAction)(((flags & 3) << 2) | (flags >> 2));
        }

        return swapped;
    }

    private static PriceHistory Mirror(PriceHistory history, double top)
    {
        var (open, low, high) = (Of(history.Open), Of(history.High), Of(history.Low));
        return new(history.Times, open, high, low, Of(history.Close), history.Volume);

        double[] Of(ReadOnlyMemory<double> column) =>
            [.. column.ToArray().Select(price => Math.Round(top - price, 2))];
    }

    private static Scenario Scaled(Scenario scenario, int factor)
    {
        var decisions = scenario.Decisions[0];
        var history = scenario.Instruments[0].History;
        var size = decisions.Size.Rule == PositionSizeRule.Cash
            ? decisions.Size with { Amount = factor * decisions.Size.Amount } : decisions.Size;
        var costs = scenario.Settings.Costs;
        return new(
            [
                scenario.Instruments[0] with
                {
                    History = new(
                        history.Times,
                        Times(history.Open),
                        Times(history.High),
                        Times(history.Low),
                        Times(history.Close),
                        history.Volume),
                },
            ],
            [
                new()
                {
                    Actions = decisions.Actions,
                    StopDistance = Times(decisions.StopDistance),
                    TargetDistance = Times(decisions.TargetDistance),
                    ExpiryBars = decisions.ExpiryBars,
                    Size = size,
                },
            ],
            scenario.Settings with
            {
                InitialCash = factor * scenario.Settings.InitialCash,
                Costs = costs with { FeePerOrder = factor * costs.FeePerOrder },
            });

        double[] Times(ReadOnlyMemory<double> column) => [.. column.ToArray().Select(price => factor * price)];
    }
}

using Trading.Domain.Backtesting;
using Trading.Domain.Market;
using Trading.Domain.Signals;
using Trading.Domain.Strategies;
using Trading.Tests.Unit.Backtesting;

namespace Trading.Tests.Unit.Signals;

public sealed class SignalGeneratorTests
{
    private static readonly SignalGenerator Generator = new();

    [Theory]
    [InlineData(0)]
    [InlineData(37)]
    [InlineData(90)]
    public void The_last_bar_of_a_prefix_says_what_the_whole_history_says_there(int company)
    {
        var history = Days.Of(company);
        var scores = new SignalScores(history, SignalRules.Default);
        var past = new SignalBacktest(scores);
        for (var bar = 100; bar < history.Count; bar += 1)
        {
            var whole = SignalGenerator.At(scores, bar, past);
            if (whole is not null || bar % 50 == 0)
            {
                Assert.Equal(whole, SignalGenerator.AtLast(history.Prefix(bar + 1)));
            }
        }
    }

    [Fact]
    public void Decisions_on_a_prefix_are_those_on_the_whole()
    {
        var history = Days.Of(5);
        var arguments = Generator.Parameters.Select(parameter => parameter.Default).ToArray();
        var whole = Generator.Decide(history, arguments, TestContext.Current.CancellationToken);
        for (var count = 0; count < history.Count; count += 113)
        {
            var part = Generator.Decide(
                history.Prefix(count), arguments, TestContext.Current.CancellationToken);

            Assert.Equal(whole.Actions.Slice(0, count).ToArray(), part.Actions.ToArray());
            Assert.Equal(whole.StopDistance.Slice(0, count).ToArray(), part.StopDistance.ToArray());
            Assert.Equal(whole.TargetDistance.Slice(0, count).ToArray(), part.TargetDistance.ToArray());
        }
    }

    [Fact]
    public void A_backtest_leaves_expiring_positions_with_the_bar_that_ends_their_signal()
    {
        // Nothing but the time can end these.
        double[] arguments = [0.3, 15, 20, 12];
        var history = Days.Of(2);
        var scores = new SignalScores(history, new(0.3, 15, 20, 12));
        var decisions = Generator.Decide(history, arguments, TestContext.Current.CancellationToken);

        var trades = Given.Run(history, decisions, Given.Free).Trades
            .Where(trade => trade.ExitReason == ExitReason.Expiry).ToList();

        Assert.True(trades.Count >= 5, $"{trades.Count} positions expired.");
        Assert.All(trades, trade =>
        {
            var made = history.Times.Span.IndexOf(trade.EntryTime) - 1;
            var life = new SignalLife(scores.PlanAt(made, scores.TriggerAt(made)!.Value)!.Value);
            var bar = made;
            while (life.Resolution is null)
            {
                life.Take(BarAt(history, ++bar));
            }

            Assert.Equal((SignalState.Expired, 12), (life.Resolution.State, life.Resolution.BarsHeld));
            Assert.Equal(life.Resolution.Time, trade.ExitTime);
        });
    }

    private static Bar BarAt(PriceHistory history, int bar) => new(
        history.Times.Span[bar], history.Open.Span[bar], history.High.Span[bar], history.Low.Span[bar],
        history.Close.Span[bar], history.Volume.Span[bar]);

    [Fact]
    public void Momentum_counts_a_change_in_average_ranges_of_the_present_close()
    {
        var calm = new SignalReading { Rsi = 50, StochasticK = 50, Roc = 5, Close = 120, Atr = 3 };

        // 5 % of 120 is 6, over 3 x 3.16227766 is 0.632455532; a third of it.
        Assert.Equal(0.210818511, SignalComponents.Of(calm).Momentum, 8);
    }

    [Fact]
    public void A_steady_rise_is_a_long_signal_in_a_rising_trend()
    {
        // Sideways, and then up by 1 % a day on rising volume.
        var signals = Signals(bar => bar < 160 ? 100 + (bar % 2) : 100 * Math.Pow(1.01, bar - 160));

        var first = signals.First(signal => signal.Time > At(160));
        Assert.Equal(SignalDirection.Long, first.Plan.Direction);
        Assert.DoesNotContain(
            signals, signal => signal.Plan.Direction is SignalDirection.Short && signal.Time > At(165));
        Assert.True(first.Plan.Stop < first.Plan.Entry && first.Plan.Entry < first.Plan.Target);
        Assert.Equal(2 * first.Atr, first.Plan.Entry - first.Plan.Stop, 9);
        Assert.Equal(3 * first.Atr, first.Plan.Target - first.Plan.Entry, 9);
        Assert.Equal((first.Plan.Entry - first.Plan.Stop) / first.Plan.Entry, first.RiskPct, 12);
    }

    [Fact]
    public void A_steady_fall_is_a_short_signal()
    {
        var signals = Signals(bar => bar < 160 ? 100 + (bar % 2) : 100 * Math.Pow(0.99, bar - 160));

        var first = signals.First(signal => signal.Time > At(160));
        Assert.Equal(SignalDirection.Short, first.Plan.Direction);
        Assert.True(first.Plan.Target < first.Plan.Entry && first.Plan.Entry < first.Plan.Stop);
    }

    [Fact]
    public void Scaled_prices_and_volumes_change_no_score()
    {
        var history = Days.Of(3, 2);
        var scaled = new PriceHistory(
            history.Times,
            Scaled(history.Open, 8),
            Scaled(history.High, 8),
            Scaled(history.Low, 8),
            Scaled(history.Close, 8),
            Scaled(history.Volume, 4));

        var plain = new SignalScores(history, SignalRules.Default).Scores;
        var other = new SignalScores(scaled, SignalRules.Default).Scores;

        for (var bar = 0; bar < plain.Length; bar++)
        {
            Assert.Equal(plain[bar], other[bar], 9);
        }
    }

    [Fact]
    public void A_flat_price_has_no_signal()
    {
        Assert.Empty(Signals(_ => 50));
    }

    [Fact]
    public void Without_volume_the_other_groups_decide()
    {
        var history = Days.Of(8, 2);
        var silent = new PriceHistory(
            history.Times, history.Open, history.High, history.Low, history.Close, new double[history.Count]);

        var made = SignalReplay.Run(new SignalScores(silent, SignalRules.Default), 0, null).Made;

        Assert.NotEmpty(made);
        Assert.All(made, one => Assert.Null(one.Signal.VolumeScore));
    }

    [Fact]
    public void Scores_stay_between_their_limits_and_a_market_makes_signals_both_ways()
    {
        var made = Enumerable.Range(0, 12)
            .SelectMany(company =>
                SignalReplay.Run(new SignalScores(Days.Of(company), SignalRules.Default), 0, null).Made)
            .ToList();

        Assert.InRange(made.Count, 12 * 4 * 4, 12 * 4 * 40);
        Assert.Contains(made, one => one.Signal.Plan.Direction is SignalDirection.Long);
        Assert.Contains(made, one => one.Signal.Plan.Direction is SignalDirection.Short);
        Assert.All(made, one =>
        {
            Assert.InRange(one.Signal.RawScore, SignalRules.Default.Threshold, 1);
            Assert.InRange(one.Signal.QualityScore, 0, 100);
            Assert.InRange(one.Signal.VolumeScore ?? 50, 0, 100);
            Assert.NotEmpty(SignalRationale.Of(one.Signal));
        });
        Assert.Contains(made, one => one.Signal.Regime is MarketRegime.Ranging);
        Assert.Contains(made, one => one.Signal.Regime is MarketRegime.TrendingUp);
        Assert.Contains(made, one => one.Signal.Regime is MarketRegime.TrendingDown);
    }

    [Theory]
    [InlineData(1.5, 30, 25, 10, 110, MarketRegime.Volatile)]
    [InlineData(1.4, 22, 25, 10, 110, MarketRegime.TrendingUp)]
    [InlineData(1.4, 21.9, 25, 10, 110, MarketRegime.Ranging)]
    [InlineData(1.4, 30, 25, 10, 90, MarketRegime.Ranging)]
    [InlineData(1.4, 30, 10, 25, 90, MarketRegime.TrendingDown)]
    [InlineData(double.NaN, double.NaN, 10, 25, 90, MarketRegime.Ranging)]
    public void The_regime_is_as_documented(
        double atrRatio, double adx, double plusDi, double minusDi, double close, MarketRegime regime)
    {
        var reading = Signals(bar => 100 + (bar % 7) - (bar % 50)).First().Reading with
        {
            AtrRatio = atrRatio, Adx = adx, PlusDi = plusDi, MinusDi = minusDi, Close = close, EmaSlow = 100,
        };

        Assert.Equal(regime, reading.Regime);
    }

    [Fact]
    public void The_rationale_tells_the_numbers()
    {
        var signal = SignalReplay.Run(new SignalScores(Days.Of(0), SignalRules.Default), 0, null).Made[^1].Signal;

        var text = string.Join('\n', SignalRationale.Of(signal));

        Assert.Contains($"RSI is {signal.Reading.Rsi.ToString("0.0", null)}", text, StringComparison.Ordinal);
        Assert.Contains("Supertrend points", text, StringComparison.Ordinal);
        Assert.Contains("earlier signals here", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_weights_of_every_regime_add_up_to_one() =>
        Assert.All(Enum.GetValues<MarketRegime>(), regime =>
        {
            var (trend, momentum, reversion, volume, higher) = RegimeWeights.Of(regime);
            Assert.Equal(1, trend + momentum + reversion + volume + higher, 12);
        });

    [Fact]
    public void Arguments_out_of_range_are_refused()
    {
        var history = Days.Of(0, 1);

        Assert.Throws<ArgumentException>(() => Decide(0.3, 2, 3));
        Assert.Throws<ArgumentException>(() => Decide(0, 2, 3, 20));
        Assert.Throws<ArgumentException>(() => Decide(0.3, double.NaN, 3, 20));
        Assert.Throws<ArgumentException>(() => Decide(0.3, 2, 3, 2.5));

        StrategyDecisions Decide(params double[] arguments) =>
            Generator.Decide(history, arguments, CancellationToken.None);
    }

    private static List<TradingSignal> Signals(Func<int, double> close)
    {
        var bars = Enumerable.Range(0, 220).Select(bar =>
        {
            var (from, to) = (close(Math.Max(0, bar - 1)), close(bar));
            return new Bar(At(bar), from, Math.Max(from, to), Math.Min(from, to), to, 1000 + bar);
        });
        var scores = new SignalScores(PriceHistory.Of([.. bars]), SignalRules.Default);
        return [.. SignalReplay.Run(scores, 0, null).Made.Select(one => one.Signal)];
    }

    private static DateTime At(int bar) => new DateTime(2024, 1, 1, 21, 0, 0, DateTimeKind.Utc).AddDays(bar);

    private static double[] Scaled(ReadOnlyMemory<double> values, double by) =>
        [.. values.ToArray().Select(value => value * by)];
}

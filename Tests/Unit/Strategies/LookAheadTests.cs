using Trading.Domain.Strategies;
using Trading.Domain.Strategies.BuiltIn;

namespace Trading.Tests.Unit.Strategies;

public sealed class LookAheadTests
{
    public static TheoryData<string> BuiltIn => [.. StrategyCatalog.All.Select(strategy => strategy.Name)];

    [Theory]
    [MemberData(nameof(BuiltIn))]
    public void A_built_in_strategy_decides_on_a_prefix_what_it_decides_on_the_whole(string name)
    {
        Assert.True(StrategyCatalog.TryFind(name, out var found));
        double[] defaults = [.. found.Strategy.Parameters.Select(parameter => parameter.Default)];

        Assert.Null(LookAheadCheck.Run(
            found.Strategy, Histories.Random(7, 1500), defaults, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_strategy_that_knows_the_next_close_is_found_out()
    {
        var finding = Run((closes, bar) => bar + 1 < closes.Length && closes[bar + 1] > closes[bar] * 1.05);

        Assert.Equal("action", finding?.What);
        Assert.Equal(finding?.KnownBars - 1, finding?.Bar);
    }

    [Fact]
    public void A_strategy_that_knows_the_highest_of_all_is_found_out() =>
        Assert.NotNull(Run((closes, bar) => closes[bar] == closes.ToArray().Max()));

    [Fact]
    public void A_strategy_that_centres_its_average_is_found_out() =>
        Assert.NotNull(Run((closes, bar) => bar >= 2 && bar + 2 < closes.Length
            && closes[bar] > (closes[bar - 2] + closes[bar - 1] + closes[bar + 1] + closes[bar + 2]) / 4));

    [Fact]
    public void A_strategy_that_knows_only_what_was_is_not_accused() =>
        Assert.Null(Run((closes, bar) => bar > 0 && closes[bar] > closes[bar - 1] * 1.05));

    [Fact]
    public void A_stop_that_knows_the_next_low_is_found_out()
    {
        var strategy = new Peeking((_, bar) => bar % 50 == 0, stopsAtNextLow: true);

        var finding = LookAheadCheck.Run(
            strategy, Histories.Random(5, 1000), [], TestContext.Current.CancellationToken);

        Assert.Equal("stop", finding?.What);
    }

    private static LookAheadFinding? Run(Peek enters) => LookAheadCheck.Run(
        new Peeking(enters), Histories.Random(5, 1000), [], TestContext.Current.CancellationToken);

    private delegate bool Peek(ReadOnlySpan<double> closes, int bar);

    private sealed class Peeking(Peek enters, bool stopsAtNextLow = false) : ITradingStrategy
    {
        public string Name => "peeking";

        public IReadOnlyList<StrategyParameter> Parameters => [];

        public int WarmUp(ReadOnlySpan<double> arguments) => 0;

        public StrategyDecisions Decide(
            PriceHistory history, ReadOnlySpan<double> arguments, CancellationToken cancellationToken)
        {
            var actions = new StrategyAction[history.Count];
            var stops = new double[history.Count];
            for (var bar = 0; bar < actions.Length; bar++)
            {
                actions[bar] = enters(history.Close.Span, bar) ? StrategyAction.EnterLong : StrategyAction.None;
                stops[bar] = stopsAtNextLow ? history.Low.Span[Math.Min(bar + 1, history.Count - 1)] : double.NaN;
            }

            return new StrategyDecisions { Actions = actions, StopDistance = stops };
        }
    }
}

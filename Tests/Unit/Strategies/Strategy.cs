using Trading.Domain.Strategies;
using Trading.Domain.Strategies.Language;

namespace Trading.Tests.Unit.Strategies;

/// <summary>Short ways to compile and run a strategy.</summary>
internal static class Strategy
{
    public static CompiledStrategy Of(string source)
    {
        var compilation = StrategyLanguage.Compile(source);
        Assert.True(compilation.IsValid, string.Join("\n", compilation.Errors));
        return compilation.Strategy;
    }

    public static StrategyError ErrorOf(string source) => Assert.Single(StrategyLanguage.Compile(source).Errors);

    public static StrategyDecisions Decide(string source, PriceHistory history, params double[] arguments)
    {
        var strategy = Of(source);
        return strategy.Decide(history, arguments.Length == 0 ? strategy.Defaults() : arguments, default);
    }

    /// <summary>The bars where a condition holds.</summary>
    public static int[] Holds(string condition, params double[] closes) =>
        BarsOf(Decide($"entry: {condition}", Histories.Of(closes)), StrategyAction.EnterLong);

    public static int[] BarsOf(StrategyDecisions decisions, StrategyAction action)
    {
        var actions = decisions.Actions.ToArray();
        return [.. Enumerable.Range(0, actions.Length).Where(bar => actions[bar].HasFlag(action))];
    }

    /// <summary>A number for each bar: the stop's distance, shifted above zero for the while.</summary>
    public static double[] Values(string expression, params double[] closes) =>
        [.. Decide($"entry: close > 0\nstop: ({expression}) + 1000", Histories.Of(closes)).StopDistance.ToArray()
            .Select(distance => distance - 1000)];
}

using Trading.Domain.Strategies;
using Trading.Domain.Strategies.BuiltIn;
using Trading.Domain.Strategies.Language;

namespace Trading.Data.Backtests;

/// <summary>Makes the strategy that a specification names.</summary>
public static class SpecStrategy
{
    /// <exception cref="BacktestRefusedException">This program does not know it (any more).</exception>
    public static ITradingStrategy Of(BacktestSpec spec) => Of(spec.Strategy, spec.Source);

    /// <param name="name">A built-in strategy's name, or what one's own is called.</param>
    /// <param name="source">The text of one's own; null for a built-in one.</param>
    /// <exception cref="BacktestRefusedException">This program does not know it (any more).</exception>
    public static ITradingStrategy Of(string name, string? source)
    {
        if (source is not null)
        {
            var compilation = StrategyLanguage.Compile(source, name);
            return compilation.IsValid
                ? compilation.Strategy
                : throw new BacktestRefusedException($"The strategy's text is not valid: {compilation.Errors[0].Message}");
        }

        return StrategyCatalog.TryFind(name, out var builtIn)
            ? builtIn.Strategy
            : throw new BacktestRefusedException($"There is no built-in strategy {name}.");
    }
}

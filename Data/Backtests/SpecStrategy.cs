using Trading.Domain.Strategies;
using Trading.Domain.Strategies.BuiltIn;
using Trading.Domain.Strategies.Language;

namespace Trading.Data.Backtests;

/// <summary>Makes the strategy that a specification names.</summary>
public static class SpecStrategy
{
    /// <exception cref="BacktestRefusedException">This program does not know it (any more).</exception>
    public static ITradingStrategy Of(BacktestSpec spec)
    {
        if (spec.Source is { } source)
        {
            var compilation = StrategyLanguage.Compile(source, spec.Strategy);
            return compilation.IsValid
                ? compilation.Strategy
                : throw new BacktestRefusedException($"The strategy's text is not valid: {compilation.Errors[0].Message}");
        }

        return StrategyCatalog.TryFind(spec.Strategy, out var builtIn)
            ? builtIn.Strategy
            : throw new BacktestRefusedException($"There is no built-in strategy {spec.Strategy}.");
    }
}

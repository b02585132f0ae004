using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Trading.Domain.Signals;
using Trading.Domain.Strategies.Language;

namespace Trading.Domain.Strategies.BuiltIn;

/// <summary>The strategies that come with the system, by name.</summary>
public static class StrategyCatalog
{
    /// <summary>Every one of them.</summary>
    public static IReadOnlyList<BuiltInStrategy> All { get; } =
    [
        Written(
            "ma_cross",
            "Moving average cross",
            "Buys when a fast moving average crosses above a slow one, sells when it crosses below.",
            BuiltInTexts.MaCross),
        Written(
            "rsi_reversion",
            "RSI reversion",
            "Buys when the relative strength index comes back from oversold, sells when it has recovered.",
            BuiltInTexts.RsiReversion),
        Written(
            "bollinger_breakout",
            "Bollinger breakout",
            "Buys when the close breaks out above the upper Bollinger band, sells below the middle.",
            BuiltInTexts.BollingerBreakout),
        Written(
            "macd",
            "MACD",
            "Buys when the MACD crosses above its signal line, sells when it crosses below.",
            BuiltInTexts.Macd),
        Written(
            "momentum",
            "Momentum",
            "Holds what has risen over half a year and is above its long average.",
            BuiltInTexts.Momentum),
        new(
            new SignalGenerator(),
            "Signal generator",
            "Weighs trend, momentum, mean reversion, volume and the higher interval by the regime, both ways.",
            Source: null),
    ];

    private static readonly FrozenDictionary<string, BuiltInStrategy> _byName =
        All.ToFrozenDictionary(strategy => strategy.Name, StringComparer.Ordinal);

    /// <summary>Finds a built-in strategy by its name, such as <c>ma_cross</c>.</summary>
    /// <param name="name">The name.</param>
    /// <param name="strategy">The strategy, when true is returned.</param>
    public static bool TryFind(string name, [NotNullWhen(true)] out BuiltInStrategy? strategy) =>
        _byName.TryGetValue(name, out strategy);

    private static BuiltInStrategy Written(string name, string title, string description, string source)
    {
        var compilation = StrategyLanguage.Compile(source, name);
        return compilation.IsValid
            ? new(compilation.Strategy, title, description, source)
            : throw new InvalidOperationException($"{name}: {compilation.Errors[0]}");
    }
}

using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Trading.Domain.Indicators;

/// <summary>Every indicator, by name.</summary>
public static class IndicatorCatalog
{
    /// <summary>Every definition.</summary>
    public static IReadOnlyList<IndicatorDefinition> All { get; } =
    [
        Sma.Definition,
        Ema.Definition,
        Wma.Definition,
        Dema.Definition,
        Rsi.Definition,
        Macd.Definition,
        BollingerBands.Definition,
        StandardDeviation.Definition,
        RealisedVolatility.Definition,
        Atr.Definition,
        Natr.Definition,
        Adx.Definition,
        Stochastic.Definition,
        StochasticRsi.Definition,
        Cci.Definition,
        Obv.Definition,
        Mfi.Definition,
        WilliamsR.Definition,
        Roc.Definition,
        Aroon.Definition,
        LinearRegression.Definition,
        KeltnerChannel.Definition,
        DonchianChannel.Definition,
        RollingVwap.Definition,
        SessionVwap.Definition,
        Ichimoku.Definition,
        ParabolicSar.Definition,
        Supertrend.Definition,
    ];

    private static readonly FrozenDictionary<string, IndicatorDefinition> _byName =
        All.ToFrozenDictionary(definition => definition.Name, StringComparer.Ordinal);

    /// <summary>Finds an indicator by its name, in lower case, such as <c>rsi</c>.</summary>
    /// <param name="name">The name.</param>
    /// <param name="definition">The definition, when true is returned.</param>
    public static bool TryFind(string name, [NotNullWhen(true)] out IndicatorDefinition? definition) =>
        _byName.TryGetValue(name, out definition);
}

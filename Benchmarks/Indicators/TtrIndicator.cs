using Trading.Domain.Indicators;

namespace Trading.Benchmarks.Indicators;

/// <summary>An indicator that TTR has as well.</summary>
/// <param name="Name">What TTR's script calls it.</param>
/// <param name="Definition">Ours.</param>
/// <param name="Arguments">Its arguments in the script.</param>
/// <param name="Columns">The script's column of each of our outputs; null where it has none.</param>
/// <param name="TalibMultiple">How many times as fast as TTR TA-Lib's C code was on such a machine, in one run.</param>
internal sealed record TtrIndicator(
    string Name, IndicatorDefinition Definition, double[] Arguments, string?[] Columns, double TalibMultiple)
{
    /// <summary>The largest difference allowed, relative to values above 1.</summary>
    public double Tolerance { get; init; } = 1e-9;

    public static IReadOnlyList<TtrIndicator> All { get; } =
    [
        new("sma20", Sma.Definition, [20], ["sma20"], 5.7),
        new("ema20", Ema.Definition, [20], ["ema20"], 1.2),
        new("rsi14", Rsi.Definition, [14], ["rsi14"], 1.8),
        new("macd", Macd.Definition, [12, 26, 9], ["macd", "macd_signal", null], 1.5),
        new("bollinger20", BollingerBands.Definition, [20, 2], ["bb_middle", "bb_upper", "bb_lower"], 20),
        new("atr14", Atr.Definition, [14], ["atr14"], 1.6),
        new("adx14", Adx.Definition, [14], ["adx14", null, null], 7.2),
        // TTR slides its means: a drift of 1e-11 of the price, which is divided by a small deviation.
        new("cci20", Cci.Definition, [20], ["cci20"], 230) { Tolerance = 1e-6 },
        new("obv", Obv.Definition, [], ["obv"], 39),
    ];
}

using Trading.Domain.Backtesting;
using Trading.Domain.Market;
using Trading.Domain.Strategies;

namespace Trading.Benchmarks.Backtests;

/// <summary>Invented prices in cents, and the input of a backtest over them.</summary>
internal static class BacktestData
{
    // Trading days over calendar days.
    private static readonly TimeSpan _tradingDay = TimeSpan.FromDays(365.25 / 252);
    private static readonly DateTime _start = new(2019, 1, 2, 21, 0, 0, DateTimeKind.Utc);

    public static PriceHistory Minutes(int bars) => Invent(bars, TimeSpan.FromMinutes(1), "minutes");

    public static PriceHistory Days(int bars, int instrument) => Invent(bars, _tradingDay, $"days of {instrument}");

    /// <summary>One instrument whose every trade can be paid to the end; without costs, as vectorbt was measured.</summary>
    public static BacktestInput Free(PriceHistory history) => Input(
        [new("X", history)],
        new() { InitialCash = 1_000_000_000, Costs = TradingCosts.None, BootstrapSamples = 0 });

    public static BacktestInput Input(
        IReadOnlyList<BacktestInstrument> instruments, BacktestSettings settings) => new()
    {
        Instruments = instruments,
        Settings = settings,
        Benchmark = BacktestBenchmark.EqualWeight(instruments),
        Stamp = new(
            "invented", "benchmark", "cross", new Dictionary<string, double>(), UniverseKind.PointInTime),
    };

    private static PriceHistory Invent(int bars, TimeSpan step, string name)
    {
        var random = new SeededRandom(1, name);
        var given = new Bar[bars];
        var price = 100.0;
        for (var bar = 0; bar < bars; bar++)
        {
            var open = Math.Round(price, 2);
            price = Math.Clamp(price * Math.Exp(0.01 * random.NextNormal()), 5, 5000);
            var close = Math.Round(price, 2);
            var high = Math.Round(Math.Max(open, close) * (1 + (0.004 * random.NextUniform())), 2);
            var low = Math.Round(Math.Min(open, close) * (1 - (0.004 * random.NextUniform())), 2);
            given[bar] = new(_start + (bar * step), open, high, low, close, 1e6);
        }

        return PriceHistory.Of(given);
    }
}

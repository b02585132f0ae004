using Trading.Domain.Backtesting;
using Trading.Domain.Market;

namespace Trading.Data.Backtests;

/// <summary>What a backtest runs over, read and adjusted.</summary>
internal sealed record LoadedMarket(
    IReadOnlyList<BacktestInstrument> Instruments,
    BacktestInstrument? Benchmark,
    IReadOnlyList<string> Missing,
    bool Synthetic,
    int SplitsApplied,
    int SplitsFound)
{
    private const int LeastBars = 2;
    private const string Crypto = "CRYPTO";

    public static LoadedMarket Of(
        BacktestSpec spec, IReadOnlyDictionary<int, LoadedBars> loaded, ILookup<int, CorporateAction> actions)
    {
        var (applied, found, synthetic) = (0, 0, false);
        var ready = new Dictionary<int, BacktestInstrument>();
        foreach (var instrument in spec.Benchmark is { } other ? spec.Instruments.Append(other) : spec.Instruments)
        {
            if (!ready.ContainsKey(instrument.Id) && loaded.TryGetValue(instrument.Id, out var bars)
                && bars.Times[^1] >= spec.From && bars.Times.Length >= LeastBars)
            {
                var own = SplitAdjustment.Apply(bars, actions[instrument.Id], ExchangeOf(instrument));
                (applied, found, synthetic) = (applied + own.Applied, found + own.Found, synthetic | bars.Synthetic);
                ready.Add(instrument.Id, InstrumentOf(instrument, bars, actions[instrument.Id]));
            }
        }

        BacktestInstrument[] traded =
            [.. spec.Instruments.Where(each => ready.ContainsKey(each.Id)).Select(each => ready[each.Id])];
        if (traded.Length == 0)
        {
            throw new BacktestRefusedException("There are no bars in this range; /api/v1/bars shows what there is.");
        }

        if (spec.Benchmark is { } benchmark && !ready.ContainsKey(benchmark.Id))
        {
            throw new BacktestRefusedException($"There are no bars of {benchmark.Ticker}, the benchmark, in this range.");
        }

        return new(
            traded,
            spec.Benchmark is { } held ? ready[held.Id] : null,
            [.. spec.Instruments.Where(each => !ready.ContainsKey(each.Id)).Select(each => each.Ticker)],
            synthetic,
            applied,
            found);
    }

    private static BacktestInstrument InstrumentOf(
        SpecInstrument instrument, LoadedBars bars, IEnumerable<CorporateAction> actions)
    {
        var last = DateOnly.FromDateTime(bars.Times[^1]);
        return new BacktestInstrument(instrument.Ticker, bars.ToHistory())
        {
            Dividends = CashDividend.Of(actions.Where(action => action.ExDate <= last)),
            UnitStep = instrument.Exchange == Crypto ? 0.00000001m : 1,
        };
    }

    private static Exchange ExchangeOf(SpecInstrument instrument) =>
        Exchange.TryFind(instrument.Exchange, out var exchange) ? exchange : Exchange.All[0];
}

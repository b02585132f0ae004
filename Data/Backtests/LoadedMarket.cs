using Trading.Data.Bars;
using Trading.Data.CorporateActions;
using Trading.Domain.Backtesting;
using Trading.Domain.CorporateActions;
using Trading.Domain.Market;

namespace Trading.Data.Backtests;

/// <summary>What a backtest runs over, read and adjusted.</summary>
internal sealed record LoadedMarket(
    IReadOnlyList<BacktestInstrument> Instruments,
    BacktestInstrument? Benchmark,
    IReadOnlyList<string> Missing,
    bool Synthetic,
    int SplitsApplied,
    int SplitsFound,
    int PeriodsPerYear)
{
    private const int SessionsPerYear = 252;
    private const int DaysPerYear = 365;
    private const int LeastBars = 2;
    private const string Crypto = "CRYPTO";

    public static LoadedMarket Of(
        BacktestSpec spec, IReadOnlyDictionary<int, LoadedBars> loaded, ActionHistory history)
    {
        var (applied, found, synthetic) = (0, 0, false);
        var daily = spec.Interval == BarInterval.OneDay.Code;
        var ready = new Dictionary<int, BacktestInstrument>();
        foreach (var instrument in spec.Benchmark is { } other ? spec.Instruments.Append(other) : spec.Instruments)
        {
            if (!ready.ContainsKey(instrument.Id) && loaded.TryGetValue(instrument.Id, out var bars)
                && bars.Times[^1] >= spec.From && bars.Times.Length >= LeastBars)
            {
                // What is known is known of days; minutes are recorded as traded.
                PriceBasis[] bases = daily ? [.. history.Bases[instrument.Id]] : [];
                var actions = history.Actions[instrument.Id].ToList();
                var own = SplitAdjustment.Apply(bars, actions, ExchangeOf(instrument), bases);
                (applied, found, synthetic) = (applied + own.Applied, found + own.Found, synthetic | bars.Synthetic);
                ready.Add(instrument.Id, InstrumentOf(instrument, bars, actions.Where(action => !IsIn(bases, action))));
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
            found,
            // Where a coin is traded every day has a return.
            spec.Instruments.Any(each => each.Exchange == Crypto && ready.ContainsKey(each.Id))
                ? DaysPerYear
                : SessionsPerYear);
    }

    private static BacktestInstrument InstrumentOf(
        SpecInstrument instrument, LoadedBars bars, IEnumerable<CorporateAction> actions)
    {
        var last = BarDay.DateOf(bars.Times[^1]);
        return new BacktestInstrument(instrument.Ticker, bars.ToHistory())
        {
            Dividends = CashDividend.Of(actions.Where(action => action.ExDate <= last)),
            UnitStep = instrument.Exchange == Crypto ? 0.00000001m : 1,
        };
    }

    // A dividend that is in the prices is no cash besides.
    private static bool IsIn(PriceBasis[] bases, CorporateAction action) =>
        action.Kind == CorporateActionKind.Dividend && bases.Any(basis =>
            basis.First < action.ExDate && basis.Last.AddDays(1) >= action.ExDate && basis.Has(action));

    private static Exchange ExchangeOf(SpecInstrument instrument) =>
        Exchange.TryFind(instrument.Exchange, out var exchange) ? exchange : Exchange.All[0];
}

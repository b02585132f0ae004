using Trading.Domain.Backtesting;
using Trading.Domain.Market;
using Trading.Domain.Strategies;

namespace Trading.Tests.Unit.Backtesting;

/// <summary>An invented account with invented prices and decisions, which a seed fixes.</summary>
internal sealed record Scenario(
    BacktestInstrument[] Instruments, StrategyDecisions[] Decisions, BacktestSettings Settings)
{
    public static Scenario Of(long seed, int instruments, bool paysAndBorrows = false)
    {
        var random = new SeededRandom(seed, "scenario");
        var given = Enumerable.Range(0, instruments)
            .Select(index => Instrument(ref random, index, instruments > 1, paysAndBorrows)).ToArray();
        var decisions = given.Select(instrument => Decide(ref random, instrument.History.Count)).ToArray();
        var settings = new BacktestSettings
        {
            InitialCash = 500 + (decimal)Math.Round(1e5 * random.NextUniform(), 2),
            Costs = Chance(ref random, 0.2) ? TradingCosts.None : new(
                FeeRate: 0.001m,
                FeePerOrder: Chance(ref random, 0.3) ? 1.5m : 0,
                SlippageRate: 0.0005m,
                BorrowRate: paysAndBorrows ? 0.03m : 0),
            AllowShort = Chance(ref random, 0.8),
            BootstrapSamples = 0,
        };
        return new(given, decisions, settings);
    }

    public BacktestReport Run(bool isPortfolio = false) => Given.Run(Instruments, Decisions, Settings, isPortfolio);

    private static bool Chance(ref SeededRandom random, double probability) => random.NextUniform() < probability;

    private static BacktestInstrument Instrument(ref SeededRandom random, int index, bool hasHoles, bool pays)
    {
        var count = 1 + (int)(150 * random.NextUniform());
        var volatility = Chance(ref random, 0.2) ? 0.3 : 0.03;
        var days = new List<DateTime>();
        var bars = new List<(double Open, double High, double Low, double Close)>();
        var close = Math.Round(5 + (200 * random.NextUniform()), 2);
        for (var day = hasHoles ? (int)(20 * random.NextUniform()) : 0; bars.Count < count; day++)
        {
            if (hasHoles && Chance(ref random, 0.05))
            {
                continue;
            }

            var open = Step(ref random, close, volatility / 3);
            close = Step(ref random, open, volatility);
            var high = Math.Round(Math.Max(open, close) * (1 + (volatility * random.NextUniform())), 2);
            var deepest = Math.Min(open, close) * (1 - (volatility * random.NextUniform() / 2));
            var low = Math.Max(0.01, Math.Round(deepest, 2));
            days.Add(Given.Start.AddDays(day));
            bars.Add((open, high, low, close));
        }

        var history = Given.Bars([.. bars]);
        var dated = new PriceHistory(
            days.ToArray(), history.Open, history.High, history.Low, history.Close, history.Volume);
        return new("T" + index, dated)
        {
            UnitStep = Chance(ref random, 0.3) ? 0.0001m : 1,
            Dividends = pays ? [.. Dividends(ref random, days)] : [],
        };
    }

    private static List<CashDividend> Dividends(ref SeededRandom random, List<DateTime> days)
    {
        var dividends = new List<CashDividend>();
        for (var index = 0; index < days.Count; index++)
        {
            if (Chance(ref random, 0.05))
            {
                dividends.Add(new(DateOnly.FromDateTime(days[index]), (decimal)Math.Round(random.NextUniform(), 2)));
            }
        }

        return dividends;
    }

    private static double Step(ref SeededRandom random, double price, double volatility) =>
        Math.Max(0.05, Math.Round(price * Math.Exp(volatility * random.NextNormal()), 2));

    private static StrategyDecisions Decide(ref SeededRandom random, int bars)
    {
        var actions = new StrategyAction[bars];
        var (stops, targets) = (new double[bars], new double[bars]);
        var often = 0.05 + (0.3 * random.NextUniform());
        for (var bar = 0; bar < bars; bar++)
        {
            actions[bar] = Chance(ref random, often) ? (StrategyAction)(random.Next() % 16) : StrategyAction.None;
            stops[bar] = Distance(ref random);
            targets[bar] = Distance(ref random);
        }

        var rule = (PositionSizeRule)(random.Next() % 4);
        return new()
        {
            Actions = actions,
            StopDistance = Chance(ref random, 0.6) ? stops : default,
            TargetDistance = Chance(ref random, 0.6) ? targets : default,
            ExpiryBars = Chance(ref random, 0.4) ? (int)(12 * random.NextUniform()) : null,
            Size = new(rule, rule switch
            {
                PositionSizeRule.Equity => Chance(ref random, 0.5) ? 1 : 0.4,
                PositionSizeRule.Risk => 0.02,
                PositionSizeRule.Cash => 2000,
                _ => 7,
            }),
        };
    }

    private static double Distance(ref SeededRandom random) =>
        Chance(ref random, 0.1) ? double.NaN : Math.Round(0.05 + (8 * random.NextUniform()), 2);
}

using Trading.Domain.Market;

namespace Trading.Domain.Backtesting;

/// <summary>
/// What holding is worth at an account's bars: each instrument is bought with its share of the money at its first
/// close, in fractions and without costs; until then, and from dividends, the money is cash.
/// </summary>
internal static class BenchmarkEquity
{
    public static double[] Of(BacktestBenchmark benchmark, double initial, ReadOnlyMemory<DateTime> times)
    {
        var equity = new double[times.Length];
        var share = initial / benchmark.Instruments.Count;
        foreach (var instrument in benchmark.Instruments)
        {
            var history = instrument.History;
            var first = history.Count - times.Length;
            if (first >= 0 && instrument.Dividends.Count == 0 && history.Times[first..].Equals(times))
            {
                Add(history.Close.Span[first..], share, equity);
            }
            else
            {
                Add(instrument, share, times.Span, equity);
            }
        }

        return equity;
    }

    /// <summary>The simple case: its bars are those of the account.</summary>
    private static void Add(ReadOnlySpan<double> closes, double money, Span<double> equity)
    {
        var units = money / closes[0];
        for (var bar = 0; bar < equity.Length; bar++)
        {
            equity[bar] += units * closes[bar];
        }
    }

    private static void Add(
        BacktestInstrument instrument, double money, ReadOnlySpan<DateTime> times, Span<double> equity)
    {
        var own = instrument.History.Times.Span;
        var closes = instrument.History.Close.Span;
        CashDividend[] dividends = [.. instrument.Dividends.OrderBy(dividend => dividend.ExDate)];
        var (bar, dividend, units, price, isBought) = (-1, 0, 0.0, 0.0, false);
        for (var index = 0; index < times.Length; index++)
        {
            while (bar + 1 < own.Length && own[bar + 1] <= times[index])
            {
                bar++;
            }

            if (bar >= 0)
            {
                price = closes[bar];
                for (; dividend < dividends.Length && IsPaid(dividends[dividend], own[bar]); dividend++)
                {
                    money += units * (double)dividends[dividend].Amount;
                }

                if (!isBought)
                {
                    (units, money, isBought) = (money / price, 0, true);
                }
            }

            equity[index] += money + (units * price);
        }
    }

    private static bool IsPaid(CashDividend dividend, DateTime time) => dividend.ExDate <= BarDay.DateOf(time);
}

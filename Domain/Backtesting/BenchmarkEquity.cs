namespace Trading.Domain.Backtesting;

/// <summary>
/// What holding is worth at an account's bars: each instrument is bought with its share of the money at its first
/// close, in fractions and without costs; until then, and from dividends, the money is cash.
/// </summary>
internal static class BenchmarkEquity
{
    public static double[] Of(BacktestBenchmark benchmark, double initial, ReadOnlySpan<DateTime> times)
    {
        var equity = new double[times.Length];
        var share = initial / benchmark.Instruments.Count;
        foreach (var instrument in benchmark.Instruments)
        {
            Add(instrument, share, times, equity);
        }

        return equity;
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

    private static bool IsPaid(CashDividend dividend, DateTime time) => dividend.ExDate <= DateOnly.FromDateTime(time);
}

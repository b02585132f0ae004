using Trading.Domain.Market;

namespace Trading.Data.Backtests;

/// <summary>
/// Puts prices from before a split into units from after it. Files differ in whether that was done to them, and do not
/// say: a split whose jump is not in the prices was, and is left alone, so that nothing is adjusted twice.
/// </summary>
public static class SplitAdjustment
{
    /// <summary>Adjusts the bars in place.</summary>
    /// <param name="bars">The bars of one instrument.</param>
    /// <param name="actions">Its splits and dividends, in any order.</param>
    /// <param name="exchange">Says on which date a bar is.</param>
    /// <returns>Splits applied, and splits that the prices had in them already.</returns>
    public static (int Applied, int Found) Apply(
        LoadedBars bars, IEnumerable<CorporateAction> actions, Exchange exchange)
    {
        var (applied, found) = (0, 0);
        foreach (var split in actions
            .Where(action => action.Kind == CorporateActionKind.Split).OrderByDescending(action => action.ExDate))
        {
            var first = FirstOn(bars.Times, split.ExDate, exchange);
            if (first <= 0 || first >= bars.Times.Length)
            {
                continue;
            }

            if (IsInPrices(bars.Close[first - 1], bars.Open[first], split.Value))
            {
                Divide(bars, first, split.Value);
                applied++;
            }
            else
            {
                found++;
            }
        }

        return (applied, found);
    }

    /// <summary>Whether the price fell by the split rather than not at all: which of both is nearer, as ratios.</summary>
    public static bool IsInPrices(double closeBefore, double openAfter, double split)
    {
        var jump = Math.Log(closeBefore / openAfter);
        return Math.Abs(jump - Math.Log(split)) < Math.Abs(jump);
    }

    private static int FirstOn(DateTime[] times, DateOnly date, Exchange exchange)
    {
        var (low, high) = (0, times.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            // A session that ends at midnight is of the day before.
            if (exchange.DateAt(times[middle].AddTicks(-1)) < date)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private static void Divide(LoadedBars bars, int count, double split)
    {
        for (var bar = 0; bar < count; bar++)
        {
            bars.Open[bar] /= split;
            bars.High[bar] /= split;
            bars.Low[bar] /= split;
            bars.Close[bar] /= split;
            bars.Volume[bar] *= split;
        }
    }
}

using Trading.Domain.CorporateActions;
using Trading.Domain.Market;

namespace Trading.Data.Bars;

/// <summary>
/// Puts prices from before a split into units from after it. Files differ in whether that was done to them: where it is
/// not known, a split whose jump is not in the prices was, and is left alone, so that nothing is adjusted twice.
/// </summary>
public static class SplitAdjustment
{
    /// <summary>Adjusts the bars in place.</summary>
    /// <param name="bars">The bars of one instrument.</param>
    /// <param name="actions">Its splits and dividends, in any order.</param>
    /// <param name="exchange">Says on which date a bar is.</param>
    /// <param name="bases">What is known of the prices.</param>
    /// <returns>Splits applied, and splits that the prices had in them already.</returns>
    public static (int Applied, int Found) Apply(
        PriceColumns bars,
        IEnumerable<CorporateAction> actions,
        Exchange exchange,
        IEnumerable<PriceBasis>? bases = null)
    {
        var (applied, found) = (0, 0);
        var ranges = RangesOf(bars, exchange, bases ?? []);
        foreach (var split in actions
            .Where(action => action.Kind == CorporateActionKind.Split).OrderByDescending(action => action.ExDate))
        {
            var first = FirstOn(bars.Times, split.ExDate, exchange);
            if (first <= 0 || first >= bars.Times.Length)
            {
                continue;
            }

            var jumped = SplitJump.IsInPrices(bars.Close[first - 1], bars.Open[first], split.Value);
            var traded = DivideKnown(bars, ranges, first, split, jumped);
            (applied, found) = traded ? (applied + 1, found) : (applied, found + 1);
        }

        return (applied, found);
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

    private static List<(int First, int End, PriceBasis Basis)> RangesOf(
        PriceColumns bars, Exchange exchange, IEnumerable<PriceBasis> bases) =>
    [
        .. bases.OrderBy(basis => basis.First).Select(basis => (
            FirstOn(bars.Times, basis.First, exchange),
            basis.Last == DateOnly.MaxValue ? bars.Times.Length : FirstOn(bars.Times, basis.Last.AddDays(1), exchange),
            basis)),
    ];

    /// <summary>Divides what is known, or by the jump believed, to be without the split.</summary>
    /// <returns>Whether the bar before the split is.</returns>
    private static bool DivideKnown(
        PriceColumns bars,
        List<(int First, int End, PriceBasis Basis)> ranges,
        int end,
        CorporateAction split,
        bool jumped)
    {
        var (place, traded) = (0, jumped);
        foreach (var (first, rangeEnd, basis) in ranges.Where(range => range.First < end && range.End > range.First))
        {
            if (jumped)
            {
                Divide(bars, place, first, split.Value);
            }

            place = Math.Min(rangeEnd, end);
            var raw = !basis.Has(split);
            traded = place == end ? raw : traded;
            if (raw)
            {
                Divide(bars, first, place, split.Value);
            }
        }

        if (jumped)
        {
            Divide(bars, place, end, split.Value);
        }

        return traded;
    }

    private static void Divide(PriceColumns bars, int first, int end, double split)
    {
        for (var bar = first; bar < end; bar++)
        {
            bars.Open[bar] /= split;
            bars.High[bar] /= split;
            bars.Low[bar] /= split;
            bars.Close[bar] /= split;
            bars.Volume[bar] *= split;
        }
    }
}

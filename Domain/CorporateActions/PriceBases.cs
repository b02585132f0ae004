using Trading.Domain.Market;

namespace Trading.Domain.CorporateActions;

/// <summary>What is known of the stored prices of one instrument, range by range.</summary>
public static class PriceBases
{
    // A weekend with holidays about it parts no range.
    private const int LargestGap = 7;

    /// <summary>The ranges once prices of another were stored over them; none overlap, in order of date.</summary>
    /// <param name="known">Those before; none overlap.</param>
    /// <param name="added">What was stored last, and holds from now on.</param>
    public static IReadOnlyList<PriceBasis> With(IEnumerable<PriceBasis> known, PriceBasis added)
    {
        var kept = new List<PriceBasis>();
        foreach (var basis in Without(known, added.First, added.Last))
        {
            var alike = basis.Holds == added.Holds && basis.AdjustedTo == added.AdjustedTo;
            if (alike && basis.Last.AddDays(LargestGap) >= added.First && basis.First <= added.Last.AddDays(LargestGap))
            {
                added = added with
                {
                    First = basis.First < added.First ? basis.First : added.First,
                    Last = basis.Last > added.Last ? basis.Last : added.Last,
                };
            }
            else
            {
                kept.Add(basis);
            }
        }

        return [.. kept.Append(added).OrderBy(basis => basis.First)];
    }

    /// <summary>The ranges once prices of unknown origin were stored over a part of them.</summary>
    /// <param name="known">Those before; none overlap.</param>
    /// <param name="first">The first session of the unknown.</param>
    /// <param name="last">The last session of the unknown.</param>
    public static IReadOnlyList<PriceBasis> Without(IEnumerable<PriceBasis> known, DateOnly first, DateOnly last)
    {
        var left = new List<PriceBasis>();
        foreach (var basis in known)
        {
            if (basis.Last < first || basis.First > last)
            {
                left.Add(basis);
                continue;
            }

            if (basis.First < first)
            {
                left.Add(basis with { Last = first.AddDays(-1) });
            }

            if (basis.Last > last)
            {
                left.Add(basis with { First = last.AddDays(1) });
            }
        }

        return left;
    }

    /// <summary>
    /// Whether the splits of a series are in its prices: as traded where each made its jump, adjusted where none did.
    /// </summary>
    /// <param name="closes">Sessions with open and close, in order.</param>
    /// <param name="actions">The instrument's actions.</param>
    /// <returns>Null where there is no split among them, or they contradict each other.</returns>
    public static PriceAdjustment? Detect(
        IReadOnlyList<(DateOnly Session, double Open, double Close)> closes, IEnumerable<CorporateAction> actions)
    {
        PriceAdjustment? found = null;
        foreach (var split in actions.Where(action => action.Kind == CorporateActionKind.Split))
        {
            var place = FirstOn(closes, split.ExDate);
            if (place <= 0 || place >= closes.Count)
            {
                continue;
            }

            var jumped = SplitJump.IsInPrices(closes[place - 1].Close, closes[place].Open, split.Value);
            var holds = jumped ? PriceAdjustment.None : PriceAdjustment.Split;
            if (found is { } before && before != holds)
            {
                return null;
            }

            found = holds;
        }

        return found;
    }

    private static int FirstOn(IReadOnlyList<(DateOnly Session, double Open, double Close)> closes, DateOnly date)
    {
        var (low, high) = (0, closes.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = closes[middle].Session < date ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}

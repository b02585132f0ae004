using Trading.Domain.Market;

namespace Trading.Domain.CorporateActions;

/// <summary>
/// What stored prices of each date are multiplied by, so that they compare with the newest ones. An action without a
/// stored session on both sides changes nothing. Thread-safe.
/// </summary>
/// <remarks>
/// A split of n new shares for one divides the prices before it by n. A dividend d multiplies them by
/// close / (close + d), with the close of the ex-date: the return then is (close + d) / close before.
/// </remarks>
public sealed class AdjustmentSchedule
{
    private readonly Step[] _steps;
    private readonly PriceBasis[] _bases;

    /// <summary>Works out the factors.</summary>
    /// <param name="actions">Splits and dividends of one instrument, in any order.</param>
    /// <param name="bases">What is known of its stored prices; where nothing is, the prices around a split say it.</param>
    public AdjustmentSchedule(IEnumerable<PricedAction> actions, IEnumerable<PriceBasis> bases)
    {
        _bases = [.. bases];
        // Newest first; of one date the split, as the dividend is paid for shares after it.
        var sorted = actions.OrderByDescending(priced => priced.Action.ExDate)
            .ThenByDescending(priced => priced.Action.Kind).ToList();
        var steps = new List<Step>(sorted.Count);
        foreach (var priced in sorted)
        {
            steps.Add(priced.Action.Kind == CorporateActionKind.Split
                ? SplitOf(priced)
                : new Step(priced.Action, 1, DividendFactor(priced, steps), false));
        }

        _steps = [.. steps];
    }

    /// <summary>Splits that stored prices are as traded around.</summary>
    public int Applied => _steps.Count(step => step is { Action.Kind: CorporateActionKind.Split, IsInUnknown: false });

    /// <summary>What prices and volumes of a session are multiplied by.</summary>
    /// <param name="session">The session's date.</param>
    /// <param name="wanted">What to adjust for.</param>
    /// <param name="asTraded">True for prices that are known to be as traded, such as recorded minutes.</param>
    public (double Price, double Volume) On(DateOnly session, PriceAdjustment wanted, bool asTraded = false)
    {
        var (price, shares) = (1.0, 1.0);
        if (wanted == PriceAdjustment.None)
        {
            return (price, shares);
        }

        var basis = asTraded ? AsTraded : BasisOf(session);
        foreach (ref readonly var step in _steps.AsSpan())
        {
            if (step.Action.ExDate <= session)
            {
                break;
            }

            if (!IsIn(basis, in step) && (wanted == PriceAdjustment.Total || step.Shares != 1))
            {
                price *= step.Price / step.Shares;
                shares *= step.Shares;
            }
        }

        return (price, shares);
    }

    private static PriceBasis? AsTraded =>
        new PriceBasis(DateOnly.MinValue, DateOnly.MaxValue, PriceAdjustment.None, DateOnly.MinValue);

    private static bool IsIn(PriceBasis? basis, in Step step) => basis?.Has(step.Action) ?? step.IsInUnknown;

    private Step SplitOf(PricedAction priced)
    {
        var split = priced.Action.Value;
        var traded = BasisOf(priced.SessionBefore) is { } known
            ? !known.Has(priced.Action)
            : SplitJump.IsInPrices(priced.CloseBefore, priced.Open, split);
        return new Step(priced.Action, split, 1, !traded);
    }

    // The dividend was told in shares of its day; the close may be in later ones.
    private double DividendFactor(PricedAction priced, List<Step> later)
    {
        var basis = BasisOf(priced.Session);
        var close = priced.Close;
        foreach (var step in later)
        {
            close *= step.Action.ExDate > priced.Session && IsIn(basis, in step) ? step.Shares : 1;
        }

        return close / (close + priced.Action.Value);
    }

    private PriceBasis? BasisOf(DateOnly session)
    {
        foreach (var basis in _bases)
        {
            if (session >= basis.First && session <= basis.Last)
            {
                return basis;
            }
        }

        return null;
    }

    /// <param name="Action">The action.</param>
    /// <param name="Shares">New shares per old share.</param>
    /// <param name="Price">What a dividend leaves of the price.</param>
    /// <param name="IsInUnknown">Whether prices of unknown origin have it in them.</param>
    private readonly record struct Step(CorporateAction Action, double Shares, double Price, bool IsInUnknown);
}

namespace Trading.Domain.CorporateActions;

/// <summary>Finds out whether prices of unknown origin have a split in them already.</summary>
public static class SplitJump
{
    /// <summary>
    /// Whether the price moved by the split rather than not at all: which of both is nearer, as ratios. Where it did,
    /// the prices are as traded.
    /// </summary>
    /// <param name="closeBefore">The last close before the ex-date.</param>
    /// <param name="openAfter">The first open from then on.</param>
    /// <param name="split">New shares per old share.</param>
    public static bool IsInPrices(double closeBefore, double openAfter, double split)
    {
        var jump = Math.Log(closeBefore / openAfter);
        return Math.Abs(jump - Math.Log(split)) < Math.Abs(jump);
    }
}

namespace Trading.Domain.CorporateActions;

/// <summary>New shares for old shares, exactly: 7 for 1, 3 for 2, 1 for 8.</summary>
/// <param name="New">Shares held after it, for each <paramref name="Old"/> held before.</param>
/// <param name="Old">Shares held before.</param>
public readonly record struct SplitRatio(decimal New, decimal Old)
{
    // Sources write 3 for 2 as 1.49999925, and 7 for 1 as 7.000007.
    private const double Tolerance = 2e-6;
    private const int LargestPart = 64;

    /// <summary>The ratio that a number stands for; small whole numbers where it is as good as one of theirs.</summary>
    /// <param name="value">New shares per old share; positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive, or not finite.</exception>
    public static SplitRatio Of(double value)
    {
        if (!(value > 0) || !double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "A split has a positive ratio.");
        }

        for (var old = 1; old <= LargestPart; old++)
        {
            var whole = Math.Round(value * old);
            if (whole >= 1 && Math.Abs((value * old) - whole) <= Tolerance * whole)
            {
                return new SplitRatio((decimal)whole, old);
            }
        }

        return new SplitRatio((decimal)value, 1);
    }

    /// <summary>Shares after the split.</summary>
    /// <param name="quantity">Shares before it.</param>
    public decimal Apply(decimal quantity) => quantity * New / Old;
}

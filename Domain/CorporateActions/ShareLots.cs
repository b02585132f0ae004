namespace Trading.Domain.CorporateActions;

/// <summary>
/// Shares of one instrument as they were bought, oldest first; immutable. A split changes how many there are and leaves
/// what they cost.
/// </summary>
public sealed class ShareLots
{
    private readonly ShareLot[] _lots;

    private ShareLots(ShareLot[] lots)
    {
        _lots = lots;
        Quantity = lots.Sum(lot => lot.Quantity);
        Cost = lots.Sum(lot => lot.Cost);
    }

    /// <summary>Nothing.</summary>
    public static ShareLots None { get; } = new([]);

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<ShareLot> Lots => _lots;

    /// <summary>Shares in all.</summary>
    public decimal Quantity { get; }

    /// <summary>What they cost in all.</summary>
    public decimal Cost { get; }

    /// <summary>Mean cost of a share; null where there is none.</summary>
    public decimal? CostPerShare => Quantity > 0 ? Cost / Quantity : null;

    /// <summary>Adds a lot.</summary>
    /// <param name="date">When; not before the newest lot.</param>
    /// <param name="quantity">Shares; positive.</param>
    /// <param name="cost">What they cost in all, with fees.</param>
    public ShareLots Buy(DateOnly date, decimal quantity, decimal cost)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(quantity);
        return new ShareLots([.. _lots, new ShareLot(date, quantity, cost)]);
    }

    /// <summary>Takes shares away, the oldest first.</summary>
    /// <param name="quantity">Shares; positive, and no more than there are.</param>
    /// <param name="cost">What these had cost.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many.</exception>
    public ShareLots Sell(decimal quantity, out decimal cost)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(quantity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quantity, Quantity);
        var left = new List<ShareLot>(_lots.Length);
        cost = 0;
        foreach (var lot in _lots)
        {
            var sold = Math.Min(lot.Quantity, quantity);
            var share = sold == lot.Quantity ? lot.Cost : lot.Cost * sold / lot.Quantity;
            (quantity, cost) = (quantity - sold, cost + share);
            if (sold < lot.Quantity)
            {
                left.Add(lot with { Quantity = lot.Quantity - sold, Cost = lot.Cost - share });
            }
        }

        return new ShareLots([.. left]);
    }

    /// <summary>Exchanges the shares for new ones.</summary>
    /// <param name="ratio">New for old.</param>
    public ShareLots Split(SplitRatio ratio) =>
        new([.. _lots.Select(lot => lot with { Quantity = ratio.Apply(lot.Quantity) })]);
}

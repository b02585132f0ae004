using Trading.Domain.Market;

namespace Trading.Domain.CorporateActions;

/// <summary>
/// What stored prices of a range of sessions were adjusted for before they came: not all sources give them as traded,
/// and nothing must be adjusted twice.
/// </summary>
/// <param name="First">The first session.</param>
/// <param name="Last">The last session, itself included.</param>
/// <param name="Holds">What is in the prices already.</param>
/// <param name="AdjustedTo">
/// Actions up to this ex-date are in them; later ones are not. Of no meaning for <see cref="PriceAdjustment.None"/>.
/// </param>
public readonly record struct PriceBasis(DateOnly First, DateOnly Last, PriceAdjustment Holds, DateOnly AdjustedTo)
{
    /// <summary>Whether the prices of a session of this range have a later action in them.</summary>
    /// <param name="action">The action.</param>
    public bool Has(CorporateAction action) =>
        action.ExDate <= AdjustedTo
        && (action.Kind == CorporateActionKind.Split ? Holds != PriceAdjustment.None : Holds == PriceAdjustment.Total);
}

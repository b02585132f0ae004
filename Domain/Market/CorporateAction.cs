namespace Trading.Domain.Market;

/// <summary>What a company did to its shares. The numbers are stored: never renumber.</summary>
public enum CorporateActionKind : short
{
    /// <summary>
    /// Shares were split or merged: <see cref="CorporateAction.Value"/> new shares for one old share.
    /// </summary>
    Split = 1,

    /// <summary>Cash was paid: <see cref="CorporateAction.Value"/> per share, in the instrument's currency.</summary>
    Dividend = 2,
}

/// <summary>A split or a dividend of one instrument.</summary>
/// <param name="ExDate">The first session that trades without the old right, on the exchange's calendar.</param>
/// <param name="Kind">Split or dividend.</param>
/// <param name="Value">
/// Positive. Split: new shares per old share, 4 for 4:1 and 0.1 for a reverse split 1:10. Dividend: cash per share at
/// that time.
/// </param>
public readonly record struct CorporateAction(DateOnly ExDate, CorporateActionKind Kind, double Value);

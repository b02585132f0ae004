namespace Trading.Domain.CorporateActions;

/// <summary>What prices from before a corporate action are made comparable for. The numbers are stored.</summary>
public enum PriceAdjustment : short
{
    /// <summary>Nothing: prices as they were traded.</summary>
    None = 0,

    /// <summary>Splits: prices in today's shares.</summary>
    Split = 1,

    /// <summary>
    /// Splits and dividends: the changes of price are returns with dividends reinvested at the close of their ex-date.
    /// </summary>
    Total = 2,
}

namespace Trading.Data.Import;

/// <summary>What a file holds; found from its header.</summary>
public enum ImportKind
{
    /// <summary>Splits and dividends only.</summary>
    Actions,

    /// <summary>Daily bars, perhaps with splits and dividends beside them.</summary>
    Bars,

    /// <summary>Names and sectors of instruments.</summary>
    Reference,

    /// <summary>Bars that were moved out of the database.</summary>
    Archive,

    /// <summary>Reference rates of currencies: a day a row, a currency a column.</summary>
    Rates,
}

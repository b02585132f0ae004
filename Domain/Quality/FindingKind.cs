namespace Trading.Domain.Quality;

/// <summary>What may be wrong with an instrument's daily bars.</summary>
public enum FindingKind
{
    /// <summary>Sessions of the exchange between the first and the last bar that have no bar.</summary>
    MissingSessions,

    /// <summary>A bar on a date on which the exchange had no session.</summary>
    OffCalendar,

    /// <summary>Prices went a hundred times up or down, as where pence are taken for pounds.</summary>
    UnitError,

    /// <summary>A known split shows in the prices on another day than its own.</summary>
    SplitMisdated,

    /// <summary>Prices went by the ratio of a usual split, and none is known.</summary>
    SplitSuspected,

    /// <summary>One close far from both its neighbours, which agree with each other.</summary>
    Spike,

    /// <summary>A change far beyond the instrument's own; it may well be true.</summary>
    Outlier,

    /// <summary>Five or more sessions with one price and no volume: nobody traded, or the source stood still.</summary>
    Flat,
}

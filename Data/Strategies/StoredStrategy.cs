namespace Trading.Data.Strategies;

/// <summary>A strategy with one of its texts.</summary>
public sealed record StoredStrategy(StrategyRow Strategy, StrategyVersionRow Version);

/// <summary>What came of a change.</summary>
public enum StrategyChange
{
    Done,

    /// <summary>The user owns none of that id.</summary>
    NotFound,

    /// <summary>Somebody changed it since it was read.</summary>
    Outdated,

    /// <summary>It has as many versions as one may have.</summary>
    Full,
}

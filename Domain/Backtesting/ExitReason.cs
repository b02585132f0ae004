namespace Trading.Domain.Backtesting;

/// <summary>Why a position was closed.</summary>
public enum ExitReason
{
    /// <summary>The strategy said so, at the close of the bar before.</summary>
    Signal,

    /// <summary>The stop was touched, or gapped through.</summary>
    Stop,

    /// <summary>The target was reached.</summary>
    Target,

    /// <summary>It was held for as many bars as it may be.</summary>
    Expiry,

    /// <summary>The strategy went to the other side.</summary>
    Reversal,

    /// <summary>The prices end here; not a decision of the strategy.</summary>
    End,

    /// <summary>The account had nothing left.</summary>
    Liquidation,
}

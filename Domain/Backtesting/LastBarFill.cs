namespace Trading.Domain.Backtesting;

/// <summary>Where positions that are open at the end are closed.</summary>
public enum LastBarFill
{
    /// <summary>At the close of the instrument's last bar.</summary>
    Close,

    /// <summary>
    /// At its open, where nothing is entered any more: as some other packages do, to compare with them.
    /// </summary>
    Open,
}

namespace Trading.Domain.Backtesting;

/// <summary>How the instruments of a backtest were chosen, which says how far its result can be trusted.</summary>
public enum UniverseKind
{
    /// <summary>With what was known at each time: companies that failed since are among them.</summary>
    PointInTime,

    /// <summary>With what is known today: those that failed since are missing, and results are too good.</summary>
    SurvivorshipBiased,
}

namespace Trading.Domain.Backtesting.Sweeps;

/// <summary>What a sweep chooses by; the definitions are those of the report.</summary>
public enum SweepObjective
{
    /// <summary>The Sharpe ratio.</summary>
    Sharpe,

    /// <summary>The Sortino ratio.</summary>
    Sortino,

    /// <summary>The Calmar ratio.</summary>
    Calmar,

    /// <summary>The total return.</summary>
    TotalReturn,
}

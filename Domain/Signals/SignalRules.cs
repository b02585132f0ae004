namespace Trading.Domain.Signals;

/// <summary>When a score becomes a signal, and how far its prices are.</summary>
/// <param name="Threshold">The score, in either direction, that it has to cross; above 0, below 1.</param>
/// <param name="StopAtr">ATRs from entry to stop; above 0.</param>
/// <param name="TargetAtr">ATRs from entry to target; above 0.</param>
/// <param name="ExpiryBars">Bars after which it expires; 1 or more.</param>
public sealed record SignalRules(
    double Threshold = 0.3, double StopAtr = 2, double TargetAtr = 3, int ExpiryBars = 20)
{
    /// <summary>Bars before the first that has a score.</summary>
    public const int WarmUp = 120;

    /// <summary>Bars after which where the history starts shows no more: ten times the slowest average's.</summary>
    public const int Settling = 500;

    /// <summary>Fees and slippage of each of the two orders of a trade, as a fraction of the price.</summary>
    public const double CostPerSide = 0.0005;

    /// <summary>What is published is made by these.</summary>
    public static SignalRules Default { get; } = new();
}

namespace Trading.Domain.Backtesting;

/// <summary>What running an account gives, before it is judged.</summary>
internal sealed record RunResult
{
    public required Ledger Ledger { get; init; }

    public required ReadOnlyMemory<DateTime> Times { get; init; }

    public required ReadOnlyMemory<double> Equity { get; init; }

    public required ReadOnlyMemory<double> Invested { get; init; }

    /// <summary>Bars at whose close something was held.</summary>
    public required int HeldBars { get; init; }

    /// <summary>Bars of all instruments.</summary>
    public required long Bars { get; init; }

    public required DateTime? LiquidatedAt { get; init; }
}

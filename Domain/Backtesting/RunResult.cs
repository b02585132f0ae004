namespace Trading.Domain.Backtesting;

/// <summary>What running an account gives, before it is judged.</summary>
internal sealed record RunResult
{
    /// <summary>By their exits.</summary>
    public required IReadOnlyList<Trade> Trades { get; init; }

    /// <summary>The value of all fills.</summary>
    public required decimal Traded { get; init; }

    public required int Reduced { get; init; }

    public required int Refused { get; init; }

    /// <summary>What the account holds in the end, when nothing else is left.</summary>
    public required decimal Cash { get; init; }

    public required ReadOnlyMemory<DateTime> Times { get; init; }

    public required ReadOnlyMemory<double> Equity { get; init; }

    public required ReadOnlyMemory<double> Invested { get; init; }

    /// <summary>Bars at whose close something was held.</summary>
    public required int HeldBars { get; init; }

    /// <summary>Bars of all instruments.</summary>
    public required long Bars { get; init; }

    public required DateTime? LiquidatedAt { get; init; }
}

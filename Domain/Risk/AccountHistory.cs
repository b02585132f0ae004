namespace Trading.Domain.Risk;

/// <summary>An account to be judged.</summary>
public readonly ref struct AccountHistory
{
    /// <summary>What it was worth before the first bar; above zero.</summary>
    public required double Initial { get; init; }

    /// <summary>When bars closed, UTC, ascending; at least one.</summary>
    public required ReadOnlySpan<DateTime> Times { get; init; }

    /// <summary>What it was worth then.</summary>
    public required ReadOnlySpan<double> Equity { get; init; }

    /// <summary>The same by days.</summary>
    public required DailyEquity Daily { get; init; }

    /// <summary>Bars at whose close something was held; null where it is not known.</summary>
    public int? HeldBars { get; init; }

    /// <summary>The value of all fills; null where it is not known.</summary>
    public double? Traded { get; init; }
}

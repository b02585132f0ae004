namespace Trading.Domain.Signals;

/// <summary>A signal as it is made at the close of a bar.</summary>
public sealed record TradingSignal
{
    /// <summary>The close of its bar, UTC.</summary>
    public required DateTime Time { get; init; }

    /// <summary>Its prices.</summary>
    public required SignalPlan Plan { get; init; }

    /// <summary>ATR of 14 at its bar, in the instrument's currency.</summary>
    public required double Atr { get; init; }

    /// <summary>The absolute score, 0 to 1: what its confidence is read from.</summary>
    public required double RawScore { get; init; }

    /// <summary>0 to 100: how well the groups agree, how strong, how liquid; see docs/signals.md.</summary>
    public required double QualityScore { get; init; }

    /// <summary>0 to 100, 50 where volume says nothing; null where the instrument has none.</summary>
    public required double? VolumeScore { get; init; }

    /// <summary>The regime at its bar.</summary>
    public required MarketRegime Regime { get; init; }

    /// <summary>The higher interval's direction.</summary>
    public required MarketConditions Conditions { get; init; }

    /// <summary>The scores of the groups.</summary>
    public required SignalComponents Components { get; init; }

    /// <summary>What was read at its bar.</summary>
    public required SignalReading Reading { get; init; }

    /// <summary>What the generator would have made on this instrument before.</summary>
    public required PastResults Past { get; init; }

    /// <summary>Distance from entry to stop over entry, a fraction.</summary>
    public double RiskPct => Plan.Risk / Plan.Entry;
}

namespace Trading.Contracts;

/// <summary>A signal. It is a calculation from past prices and no advice; how good such were is in the showcase.</summary>
public sealed record SignalResponse
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The instrument's symbol.</summary>
    public required string Ticker { get; init; }

    /// <summary>The interval of its bars, such as <c>1d</c>.</summary>
    public required string Interval { get; init; }

    /// <summary><c>long</c> or <c>short</c>.</summary>
    public required string Direction { get; init; }

    /// <summary><c>active</c>, and then for good <c>target_hit</c>, <c>stopped</c>, <c>expired</c> or
    /// <c>invalidated</c>.</summary>
    public required string State { get; init; }

    /// <summary>The close of its bar, UTC.</summary>
    public required DateTime Time { get; init; }

    /// <summary>That bar's closing price.</summary>
    public required double Entry { get; init; }

    /// <summary>Where it takes its profit.</summary>
    public required double Target { get; init; }

    /// <summary>Where it takes its loss.</summary>
    public required double Stop { get; init; }

    /// <summary>Distance from entry to stop over entry, a fraction.</summary>
    public required double RiskPct { get; init; }

    /// <summary>It expires at the close of this bar after its own.</summary>
    public required int ExpiryBars { get; init; }

    /// <summary>When that bar closes if no session is missed, UTC.</summary>
    public required DateTime ExpiresAt { get; init; }

    /// <summary>0 to 1: the share of signals of its score that hit their target, where <see cref="Calibrated"/>; the
    /// raw score where not.</summary>
    public required double Confidence { get; init; }

    /// <summary>False while fewer than 500 signals had resolved.</summary>
    public required bool Calibrated { get; init; }

    /// <summary>The absolute score, 0 to 1.</summary>
    public required double RawScore { get; init; }

    /// <summary>0 to 100.</summary>
    public required double QualityScore { get; init; }

    /// <summary>0 to 100; null where the instrument has no volume.</summary>
    public double? VolumeScore { get; init; }

    /// <summary><c>trending_up</c>, <c>trending_down</c>, <c>ranging</c> or <c>volatile</c>.</summary>
    public required string Regime { get; init; }

    /// <summary><c>bullish</c>, <c>bearish</c> or <c>neutral</c>.</summary>
    public required string MarketConditions { get; init; }

    /// <summary>The values that it was computed from, by name.</summary>
    public required IReadOnlyDictionary<string, double> TechnicalIndicators { get; init; }

    /// <summary>Why it was made, in sentences.</summary>
    public required IReadOnlyList<string> Rationale { get; init; }

    /// <summary>Earlier signals of the instrument's own history that <see cref="BtWinrate"/> is of.</summary>
    public required int BtTrades { get; init; }

    /// <summary>Share of those with a profit after costs; null below ten.</summary>
    public double? BtWinrate { get; init; }

    /// <summary>Gains over losses of those, in R; null below ten, and without losses.</summary>
    public double? BtPf { get; init; }

    /// <summary>True where it was made of bars that were past already.</summary>
    public required bool Backfilled { get; init; }

    /// <summary>Milliseconds from its bar being seen as closed to it being stored; null where backfilled.</summary>
    public double? LatencyMs { get; init; }

    /// <summary>When it was stored, UTC.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>The close of the bar that ended it, UTC; null while active.</summary>
    public DateTime? ResolvedAt { get; init; }

    /// <summary>The open of the bar after its own, at which it could be entered; null before.</summary>
    public double? FillPrice { get; init; }

    /// <summary>Where it ended.</summary>
    public double? ExitPrice { get; init; }

    /// <summary>Its result after costs, in distances from entry to stop; null while active or where withdrawn.</summary>
    public double? R { get; init; }

    /// <summary>Bars from its own to its end.</summary>
    public int? BarsHeld { get; init; }

    /// <summary>The most adverse price on the way, in R, zero or less.</summary>
    public double? MaeR { get; init; }

    /// <summary>The most favourable price on the way, in R, zero or more.</summary>
    public double? MfeR { get; init; }

    /// <summary>Why it ended.</summary>
    public string? Reason { get; init; }
}

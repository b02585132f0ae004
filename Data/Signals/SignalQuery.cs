using Trading.Domain.Signals;

namespace Trading.Data.Signals;

/// <summary>Which signals; null is any. Newest first.</summary>
/// <param name="From">Of bars that closed then or later.</param>
/// <param name="To">Of bars that closed before it.</param>
/// <param name="After">The last one of the page before.</param>
public sealed record SignalQuery(
    int? InstrumentId = null,
    string? Interval = null,
    SignalDirection? Direction = null,
    SignalState? State = null,
    MarketRegime? Regime = null,
    double? MinConfidence = null,
    DateTime? From = null,
    DateTime? To = null,
    ListPlace? After = null,
    int Limit = 100);

/// <summary>Which anomalies; null is any. Newest first.</summary>
public sealed record AnomalyQuery(
    int? InstrumentId = null,
    string? Interval = null,
    AnomalyKind? Kind = null,
    DateTime? From = null,
    DateTime? To = null,
    ListPlace? After = null,
    int Limit = 100);

/// <summary>A place in a list that goes by time and then id, newest first.</summary>
public readonly record struct ListPlace(DateTime Time, Guid Id);

namespace Trading.Domain.Signals;

/// <summary>A bar beyond 4 robust deviations from what the 60 bars before it were like.</summary>
/// <param name="Time">The close of the bar, UTC.</param>
/// <param name="Kind">Return or volume.</param>
/// <param name="Value">The simple return, a fraction; or the volume, in units.</param>
/// <param name="Median">The median of the bars before, as a return or a volume.</param>
/// <param name="Deviations">How many robust deviations off it is; negative below the median.</param>
public readonly record struct Anomaly(
    DateTime Time, AnomalyKind Kind, double Value, double Median, double Deviations);

namespace Trading.Contracts;

/// <summary>A bar as the API shows it.</summary>
/// <param name="Time">Close of the interval, UTC. Daily bars: the session's date at the exchange's closing
/// time.</param>
/// <param name="Open">First price.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Last price.</param>
/// <param name="Volume">Units traded.</param>
/// <param name="Synthetic">True where the prices are simulated or replayed.</param>
public sealed record BarResponse(
    DateTime Time,
    double Open,
    double High,
    double Low,
    double Close,
    double Volume,
    bool Synthetic);

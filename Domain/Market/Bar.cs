namespace Trading.Domain.Market;

/// <summary>Open, high, low, close and volume of one interval.</summary>
/// <param name="Time">
/// The close of the interval, UTC. Daily bars: the exchange's session date at its closing time.
/// </param>
/// <param name="Open">First price, in the instrument's currency.</param>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Last price.</param>
/// <param name="Volume">Units traded; not negative. Fractional for coins.</param>
public readonly record struct Bar(DateTime Time, double Open, double High, double Low, double Close, double Volume);

namespace Trading.Domain.Quality;

/// <summary>The daily bar of one session.</summary>
/// <param name="Session">The session's date on the exchange's calendar.</param>
/// <param name="Open">First price.</param>
/// <param name="Close">Last price.</param>
/// <param name="Volume">Shares, or units, that changed hands.</param>
public readonly record struct SessionPrice(DateOnly Session, double Open, double Close, double Volume);

namespace Trading.Domain.Quality;

/// <summary>Something in an instrument's daily bars that somebody should look at.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="First">The first session concerned, on the exchange's calendar.</param>
/// <param name="Last">The last session concerned; the first again where it is one.</param>
/// <param name="Sessions">How many sessions are concerned.</param>
/// <param name="Ratio">
/// The close over the close before, known splits undone; null where the finding is no change of price.
/// </param>
public readonly record struct Finding(FindingKind Kind, DateOnly First, DateOnly Last, int Sessions, double? Ratio)
{
    /// <summary>A finding of one session.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="session">The session.</param>
    /// <param name="ratio">The close over the close before; null where the finding is no change of price.</param>
    public static Finding Of(FindingKind kind, DateOnly session, double? ratio = null) =>
        new(kind, session, session, 1, ratio);
}

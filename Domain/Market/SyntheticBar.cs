namespace Trading.Domain.Market;

/// <summary>Fills one session between two closes.</summary>
internal static class SyntheticBar
{
    /// <summary>Draws open, range and volume; rounded to the tick, which keeps their order.</summary>
    /// <param name="random">The company's stream.</param>
    /// <param name="traits">The company's traits.</param>
    /// <param name="before">The close before, unrounded.</param>
    /// <param name="change">The session's return, as a fraction.</param>
    public static Bar Draw(ref SeededRandom random, in SyntheticTraits traits, double before, double change)
    {
        var close = before * (1 + change);
        var open = before * (1 + (0.3 * change) + (0.25 * traits.Volatility * random.NextNormal()));
        var wick = 0.45 * traits.Volatility;
        var high = Math.Max(open, close) * (1 + (wick * random.NextExponential()));
        var low = Math.Min(open, close) / (1 + (wick * random.NextExponential()));
        var excitement = 1 + (0.6 * Math.Abs(change) / traits.Volatility);
        var volume = traits.Shares * excitement * (0.4 + (0.6 * random.NextExponential()));
        return new Bar(
            default,
            TickSize.Round(open),
            TickSize.Round(high),
            TickSize.Round(low),
            TickSize.Round(close),
            Math.Round(volume));
    }
}

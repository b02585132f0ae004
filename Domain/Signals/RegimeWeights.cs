namespace Trading.Domain.Signals;

/// <summary>How much each group of indicators counts; the five add up to 1.</summary>
/// <param name="Trend">Of the trend.</param>
/// <param name="Momentum">Of momentum.</param>
/// <param name="Reversion">Of mean reversion.</param>
/// <param name="Volume">Of volume.</param>
/// <param name="Higher">Of the higher interval.</param>
public sealed record RegimeWeights(double Trend, double Momentum, double Reversion, double Volume, double Higher)
{
    private static readonly RegimeWeights Trending = new(0.40, 0.20, 0.05, 0.15, 0.20);
    private static readonly RegimeWeights Ranging = new(0.05, 0.05, 0.65, 0.15, 0.10);
    private static readonly RegimeWeights Volatile = new(0.20, 0.10, 0.35, 0.20, 0.15);

    /// <summary>
    /// The weights in a regime: trends are followed, ranges are bought low and sold high, and in between a little of
    /// both. Set by judgement, not fitted to any history.
    /// </summary>
    /// <param name="regime">The regime.</param>
    public static RegimeWeights Of(MarketRegime regime) => regime switch
    {
        MarketRegime.Ranging => Ranging,
        MarketRegime.Volatile => Volatile,
        _ => Trending,
    };
}

namespace Trading.Domain.Signals;

/// <summary>The direction of the higher interval around a signal. Stored: never renumber.</summary>
public enum MarketConditions : short
{
    /// <summary>Neither.</summary>
    Neutral = 0,

    /// <summary>Higher-interval score above 0.2 and close above the EMA of 50.</summary>
    Bullish = 1,

    /// <summary>Higher-interval score below -0.2 and close below the EMA of 50.</summary>
    Bearish = -1,
}

namespace Trading.Domain.Signals;

/// <summary>How an instrument moves of late; it decides what a signal listens to. Stored: never renumber.</summary>
public enum MarketRegime : short
{
    /// <summary>Neither a trend nor unusual ranges.</summary>
    Ranging = 0,

    /// <summary>ADX of 22 or more, +DI above -DI, close above the EMA of 50.</summary>
    TrendingUp = 1,

    /// <summary>ADX of 22 or more, -DI above +DI, close below the EMA of 50.</summary>
    TrendingDown = 2,

    /// <summary>An ATR, in percent of the close, of 1.5 times its median of 100 bars or more.</summary>
    Volatile = 3,
}

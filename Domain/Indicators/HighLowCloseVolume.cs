namespace Trading.Domain.Indicators;

/// <summary>What indicators of money flow read of a bar.</summary>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Last price.</param>
/// <param name="Volume">Units traded.</param>
public readonly record struct HighLowCloseVolume(double High, double Low, double Close, double Volume)
{
    /// <summary>The mean of high, low and close.</summary>
    internal double TypicalPrice => (High + Low + Close) / 3;
}

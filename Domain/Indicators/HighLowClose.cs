namespace Trading.Domain.Indicators;

/// <summary>What price indicators read of a bar.</summary>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Last price.</param>
public readonly record struct HighLowClose(double High, double Low, double Close)
{
    /// <summary>The mean of high, low and close.</summary>
    internal double TypicalPrice => (High + Low + Close) / 3;

    /// <summary>The distance that the price went since the last close (Wilder, 1978).</summary>
    internal double TrueRange(double previousClose) => Math.Max(High, previousClose) - Math.Min(Low, previousClose);
}

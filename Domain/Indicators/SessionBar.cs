namespace Trading.Domain.Indicators;

/// <summary>What indicators that start with each session read of a bar.</summary>
/// <param name="High">Highest price.</param>
/// <param name="Low">Lowest price.</param>
/// <param name="Close">Last price.</param>
/// <param name="Volume">Units traded.</param>
/// <param name="Session">A number of the session, such as its day's; another number starts another session.</param>
public readonly record struct SessionBar(double High, double Low, double Close, double Volume, double Session)
{
    /// <summary>The mean of high, low and close.</summary>
    internal double TypicalPrice => (High + Low + Close) / 3;
}

namespace Trading.Domain.Market;

/// <summary>The day that a bar belongs to.</summary>
public static class BarDay
{
    /// <summary>
    /// The midnight (UTC) with which the day of a bar begins. A bar that closes at midnight is the last of the day that
    /// ends then, as a coin's daily bar is.
    /// </summary>
    /// <param name="close">When the bar closed, UTC.</param>
    public static DateTime Of(DateTime close) => close.AddTicks(-1).Date;

    /// <summary>The same as a date.</summary>
    /// <param name="close">When the bar closed, UTC.</param>
    public static DateOnly DateOf(DateTime close) => DateOnly.FromDateTime(Of(close));
}

namespace Trading.Web.Charts;

/// <summary>Says to which candle an instant belongs.</summary>
/// <param name="interval">The length of the candles.</param>
/// <param name="exchange">The exchange's zone: its date is what a daily candle is of.</param>
public sealed class ChartClock(ChartInterval interval, TimeZoneInfo exchange)
{
    /// <summary>The candle of a stored bar, whose time is its close.</summary>
    public long OfBar(DateTime close)
    {
        // A market that closes at 24:00 closes on the next date, hence the step back.
        var utc = new DateTimeOffset(DateTime.SpecifyKind(close, DateTimeKind.Utc));
        return interval.IsDaily ? SessionOf(utc.AddTicks(-1)) : utc.ToUnixTimeSeconds();
    }

    /// <summary>The candle that a price made at an instant moves: an instant on a boundary opens the next.</summary>
    public long OfPrice(DateTimeOffset made)
    {
        if (interval.IsDaily)
        {
            return SessionOf(made);
        }

        var length = (long)interval.Length.TotalSeconds;
        return ((made.ToUnixTimeSeconds() / length) + 1) * length;
    }

    private long SessionOf(DateTimeOffset instant)
    {
        var date = TimeZoneInfo.ConvertTime(instant, exchange).Date;
        return new DateTimeOffset(date, TimeSpan.Zero).ToUnixTimeSeconds();
    }
}

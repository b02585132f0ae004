namespace Trading.Domain.Market;

/// <summary>
/// Dates instants on an exchange's calendar, cheaply for instants that follow each other. Not thread-safe.
/// </summary>
/// <param name="exchange">The exchange whose sessions are meant.</param>
public sealed class SessionClock(Exchange exchange)
{
    // Dates and clocks change only at whole quarters of an hour UTC.
    private static readonly long Quarter = TimeSpan.FromMinutes(15).Ticks;

    private long _quarter = -1;
    private DateTime _close;

    /// <summary>
    /// The close of the session that an instant belongs to: the exchange's date then, at its closing time. Constant
    /// over a date, so it stands for the session; trades after the close still belong to their date.
    /// </summary>
    /// <param name="utc">The instant, UTC.</param>
    /// <returns>The time stamp of that session's daily bar, UTC.</returns>
    public DateTime CloseAt(DateTime utc)
    {
        var quarter = utc.Ticks / Quarter;
        if (quarter != _quarter)
        {
            _close = exchange.CloseOf(exchange.DateAt(utc));
            _quarter = quarter;
        }

        return _close;
    }
}

using Trading.Domain.Market;

namespace Trading.PricingWorker.Sources;

/// <summary>Takes quotes on to a frame.</summary>
internal delegate void PublishQuotes(DateTime time, BarSource source, bool stale, ReadOnlySpan<Quote> quotes);

/// <summary>Where a source writes its quotes: into the room, and then out.</summary>
internal sealed class QuoteOutlet(PublishQuotes publish)
{
    private Quote[] _room = [];

    /// <summary>A place for each instrument.</summary>
    public Span<Quote> Room => _room;

    public void Resize(int instruments) => _room = new Quote[instruments];

    /// <param name="time">When the quotes were made, UTC.</param>
    /// <param name="count">How many of the room's.</param>
    /// <param name="stale">True where their source is late: they were made before, and nothing newer is known.</param>
    public void Publish(DateTime time, BarSource source, int count, bool stale = false)
    {
        if (count > 0)
        {
            publish(time, source, stale, _room.AsSpan(0, count));
        }
    }
}

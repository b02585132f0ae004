using Trading.Contracts;
using Trading.Web.Live;

namespace Trading.Tests.Unit.Web;

public sealed class LiveQuoteTests
{
    private static readonly LiveQuote Known = LiveQuote.From(new QuoteResponse(
        "X", Price: 100, Change: 1, ChangePercent: 1.01, Volume: 500, Timestamp: 1000, Seq: 1,
        Open: 99.5, High: 101, Low: 99, PreviousClose: 99, Source: "simulated", Synthetic: true));

    [Fact]
    public void An_update_widens_the_sessions_range_and_keeps_what_it_does_not_say()
    {
        var quote = Known.With(new PriceUpdate("X", 102.5, 3.5, 3.54, 510, 1001.5, 2));

        Assert.Equal((102.5, 102.5, 99, 99.5), (quote.Price, quote.High, quote.Low, quote.Open));
        Assert.Equal("simulated", quote.Source);
        Assert.Equal(DateTimeOffset.UnixEpoch.AddSeconds(1001.5), quote.Time);
    }

    [Fact]
    public void A_volume_that_falls_begins_a_new_session()
    {
        var quote = Known.With(new PriceUpdate("X", 90, -10, -10, 3, 90000, 3));

        Assert.Equal((90, 90, 90), (quote.Open, quote.High, quote.Low));
        Assert.Equal(100, quote.PreviousClose);
    }

    [Fact]
    public void What_an_update_alone_does_not_say_stays_unknown()
    {
        var quote = LiveQuote.From(new PriceUpdate("X", 90, null, null, null, 90000, 3));

        Assert.Null(quote.High);
        Assert.Null(quote.PreviousClose);
        Assert.Null(quote.Source);
    }

    [Fact]
    public void A_quote_whose_source_is_late_says_so_until_a_newer_one_comes()
    {
        var late = Known.With(new PriceUpdate("X", 90, null, null, null, 90000, 3, Stale: true));

        Assert.True(late.Stale);
        Assert.True(LiveQuote.From(late.ToUpdate()).Stale);
        Assert.False(late.With(new PriceUpdate("X", 91, null, null, null, 90001, 4)).Stale);
    }
}

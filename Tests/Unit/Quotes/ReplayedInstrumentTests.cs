using Trading.Domain.Market;
using Trading.PricingWorker.Sources;

namespace Trading.Tests.Unit.Quotes;

public sealed class ReplayedInstrumentTests
{
    private static readonly DateOnly Monday = new(2016, 5, 2);
    private static readonly DateTime Now = new(2026, 3, 2, 15, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void A_rising_session_plays_open_low_high_close()
    {
        var replayed = Replayed(new Bar(CloseOf(Monday), 10, 12, 9, 11, 400));

        Assert.Equal([10, 9, 12, 11], Play(replayed, Monday).Select(quote => quote.Price));
    }

    [Fact]
    public void A_falling_session_plays_open_high_low_close()
    {
        var replayed = Replayed(new Bar(CloseOf(Monday), 11, 12, 9, 10, 400));

        Assert.Equal([11, 12, 9, 10], Play(replayed, Monday).Select(quote => quote.Price));
    }

    [Fact]
    public void The_last_quote_of_a_session_is_its_bar_and_compares_with_the_close_before()
    {
        var replayed = Replayed(
            new Bar(CloseOf(Monday), 10, 12, 9, 11, 400), new Bar(CloseOf(Monday.AddDays(1)), 11, 15, 10, 14, 800));
        Play(replayed, Monday);

        var last = Play(replayed, Monday.AddDays(1))[^1];

        Assert.Equal(new Quote("A", 14, 11, 11, 15, 10, 1200), last);
    }

    [Fact]
    public void Volume_goes_on_from_what_was_stored_today_and_starts_anew_tomorrow()
    {
        var today = new Bar(new DateTime(2026, 3, 2, 21, 0, 0, DateTimeKind.Utc), 1, 1, 1, 1, 5000);
        var replayed = ReplayedSince(today, new Bar(CloseOf(Monday), 10, 12, 9, 11, 400));

        replayed.Play(Monday, 0, Now);
        replayed.TryTakeChanged(out var first);
        replayed.Play(Monday, 1, Now.AddDays(1));
        replayed.TryTakeChanged(out var tomorrow);

        Assert.Equal(5100, first.Volume);
        Assert.Equal(100, tomorrow.Volume);
    }

    [Fact]
    public void A_session_without_a_bar_changes_nothing()
    {
        var replayed = Replayed(new Bar(CloseOf(Monday), 10, 12, 9, 11, 400));

        replayed.Play(Monday.AddDays(1), 0, Now);

        Assert.False(replayed.TryTakeChanged(out _));
    }

    private static DateTime CloseOf(DateOnly session) => session.ToDateTime(new TimeOnly(20, 0), DateTimeKind.Utc);

    private static ReplayedInstrument Replayed(params Bar[] bars) => ReplayedSince(default, bars);

    private static ReplayedInstrument ReplayedSince(Bar today, params Bar[] bars) => new(
        new QuoteStart(new Instrument(1, "A", "A", "US", null, "USD", "XNYS", false), 1, today, 1),
        Exchanges.Of("XNYS"),
        [.. bars]);

    private static List<Quote> Play(ReplayedInstrument replayed, DateOnly session)
    {
        var quotes = new List<Quote>();
        for (var step = 0; step < ReplayedInstrument.Steps; step++)
        {
            replayed.Play(session, step, Now);
            Assert.True(replayed.TryTakeChanged(out var quote));
            quotes.Add(quote);
        }

        return quotes;
    }
}

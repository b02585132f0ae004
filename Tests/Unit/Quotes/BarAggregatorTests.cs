using Trading.Domain.Market;

namespace Trading.Tests.Unit.Quotes;

/// <summary>The expected bars are computed by hand from the quotes above them.</summary>
public sealed class BarAggregatorTests
{
    private readonly BarAggregator _aggregator = new(new SessionClock(Exchanges.Of("XNYS")));
    private readonly List<Bar> _minutes = [];
    private readonly List<Bar> _days = [];

    [Fact]
    public void Quotes_become_minute_bars_stamped_with_the_close_of_their_minute()
    {
        Apply("2026-03-02T15:00:00Z", 10.0, 100);
        Apply("2026-03-02T15:00:20Z", 10.5, 150);
        Apply("2026-03-02T15:00:59.999Z", 9.8, 180);
        Apply("2026-03-02T15:01:00Z", 9.9, 200);
        Apply("2026-03-02T15:03:30Z", 10.1, 260);
        Take();

        Assert.Equal(
            [
                new Bar(Utc("2026-03-02T15:01:00Z"), 10.0, 10.5, 9.8, 9.8, 180),
                new Bar(Utc("2026-03-02T15:02:00Z"), 9.9, 9.9, 9.9, 9.9, 20),
                new Bar(Utc("2026-03-02T15:04:00Z"), 10.1, 10.1, 10.1, 10.1, 60),
            ],
            _minutes);
    }

    [Fact]
    public void Quotes_become_one_daily_bar_stamped_with_the_close_of_the_session()
    {
        Apply("2026-03-02T15:00:00Z", 10.0, 100);
        Apply("2026-03-02T15:07:00Z", 11.0, 400);
        Apply("2026-03-02T15:09:00Z", 10.4, 450);
        Take();

        Assert.Equal([new Bar(Utc("2026-03-02T21:00:00Z"), 10.0, 11.0, 10.0, 10.4, 450)], _days);
    }

    [Fact]
    public void In_summer_the_session_closes_an_hour_earlier_in_utc()
    {
        Apply("2026-07-01T15:00:00Z", 10, 1);
        Take();

        Assert.Equal(Utc("2026-07-01T20:00:00Z"), _days[0].Time);
    }

    [Fact]
    public void The_session_of_a_quote_wins_over_the_quotes_that_were_missed()
    {
        _aggregator.Apply(Utc("2026-03-02T15:00:00Z"), new Quote("A", 10, 9, 9.5, 12, 9, 5000));
        Take();

        Assert.Equal([new Bar(Utc("2026-03-02T21:00:00Z"), 9.5, 12, 9, 10, 5000)], _days);
    }

    [Fact]
    public void A_new_date_in_new_york_starts_a_new_daily_bar_and_counts_volume_anew()
    {
        Apply("2026-03-03T04:59:59Z", 10, 900);
        Apply("2026-03-03T05:00:00Z", 11, 30);
        Apply("2026-03-03T05:00:01Z", 11, 50);
        Take();

        Assert.Equal(
            [
                new Bar(Utc("2026-03-02T21:00:00Z"), 10, 10, 10, 10, 900),
                new Bar(Utc("2026-03-03T21:00:00Z"), 11, 11, 11, 11, 50),
            ],
            _days);
        Assert.Equal([900, 50], _minutes.Select(bar => bar.Volume));
    }

    [Fact]
    public void A_quote_of_the_minute_before_widens_that_bar_but_closes_none()
    {
        Apply("2026-03-02T15:00:10Z", 10, 100);
        Apply("2026-03-02T15:01:10Z", 11, 200);

        Assert.True(Apply("2026-03-02T15:00:50Z", 9, 150));
        Take();

        Assert.Equal(new Bar(Utc("2026-03-02T15:01:00Z"), 10, 10, 9, 10, 100), _minutes[0]);
        Assert.Equal(new Bar(Utc("2026-03-02T15:02:00Z"), 11, 11, 11, 11, 100), _minutes[1]);
        Assert.Equal(new Bar(Utc("2026-03-02T21:00:00Z"), 10, 11, 9, 11, 200), _days[0]);
    }

    [Fact]
    public void A_quote_later_than_that_or_of_another_session_moves_no_bar()
    {
        Apply("2026-03-03T04:59:00Z", 10, 900);
        Apply("2026-03-03T05:00:00Z", 11, 30);
        Apply("2026-03-03T05:01:00Z", 11, 40);
        Apply("2026-03-03T05:02:00Z", 11, 50);
        Take();

        Assert.False(Apply("2026-03-03T04:59:30Z", 99, 950));
        Assert.False(Apply("2026-03-03T05:00:30Z", 99, 35));
        Take();

        Assert.Empty(_minutes);
        Assert.Empty(_days);
    }

    [Fact]
    public void A_bar_is_handed_over_only_when_it_changed()
    {
        Apply("2026-03-02T15:00:10Z", 10, 100);
        Take();
        Take();

        Assert.Empty(_minutes);
        Assert.Empty(_days);
    }

    [Theory]
    [InlineData(double.NaN, 1)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(0, 1)]
    [InlineData(-5, 1)]
    [InlineData(10, -1)]
    [InlineData(10, double.NaN)]
    public void Garbage_makes_no_bar(double price, double volume)
    {
        Assert.False(Apply("2026-03-02T15:00:10Z", price, volume));
        Take();

        Assert.Empty(_minutes);
        Assert.Empty(_days);
    }

    [Fact]
    public void A_close_at_midnight_belongs_to_the_day_before_it()
    {
        var coins = new BarAggregator(new SessionClock(Exchanges.Of("CRYPTO")));
        coins.Apply(Utc("2026-03-02T23:59:59Z"), new Quote("BTC", 10, 10, 10, 10, 10, 5));
        coins.Apply(Utc("2026-03-03T00:00:00Z"), new Quote("BTC", 11, 10, 11, 11, 11, 1));
        coins.TakeChanged(_minutes, _days);

        Assert.Equal([Utc("2026-03-03T00:00:00Z"), Utc("2026-03-04T00:00:00Z")], _days.Select(day => day.Time));
    }

    private static DateTime Utc(string text) => DateTimeOffset.Parse(text, null).UtcDateTime;

    private bool Apply(string utc, double price, double volume) =>
        _aggregator.Apply(Utc(utc), new Quote("A", price, 9, price, price, price, volume));

    private void Take()
    {
        _minutes.Clear();
        _days.Clear();
        _aggregator.TakeChanged(_minutes, _days);
    }
}

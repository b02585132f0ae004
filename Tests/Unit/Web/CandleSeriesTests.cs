using Trading.Contracts;
using Trading.Web.Charts;
using Trading.Web.Live;

namespace Trading.Tests.Unit.Web;

public sealed class CandleSeriesTests
{
    private static readonly TimeZoneInfo NewYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");

    [Fact]
    public void A_price_within_the_last_minute_moves_its_candle()
    {
        var series = Minutes(Bar("2026-03-02T15:31:00Z", open: 100, high: 101, low: 99, close: 100, volume: 10));
        series.Apply(Quote("2026-03-02T15:30:10Z", price: 100.5, volume: 1000));

        var moved = series.Apply(Quote("2026-03-02T15:30:59Z", price: 102, volume: 1007));

        Assert.Equal(new Candle(At("2026-03-02T15:31:00Z"), 100, 102, 99, 102, 17) { Synthetic = true }, moved);
        Assert.Single(series.Candles);
    }

    [Fact]
    public void A_price_on_the_minute_opens_the_next_candle()
    {
        var series = Minutes(Bar("2026-03-02T15:31:00Z", open: 100, high: 101, low: 99, close: 100, volume: 10));

        var opened = series.Apply(Quote("2026-03-02T15:31:00Z", price: 98, volume: 1000));

        Assert.Equal(new Candle(At("2026-03-02T15:32:00Z"), 98, 98, 98, 98, 0) { Synthetic = true }, opened);
    }

    [Fact]
    public void A_price_older_than_the_last_candle_changes_nothing()
    {
        var series = Minutes(Bar("2026-03-02T15:31:00Z", open: 100, high: 101, low: 99, close: 100, volume: 10));

        Assert.Null(series.Apply(Quote("2026-03-02T15:29:59Z", price: 50, volume: 1000)));
        Assert.Equal(100, series.Candles[^1].Close);
    }

    [Fact]
    public void A_daily_candle_is_of_the_exchanges_date_and_has_the_sessions_range()
    {
        // 01:30 UTC on 3 March is still 2 March in New York.
        var series = new CandleSeries(ChartInterval.OneDay, NewYork);

        var candle = series.Apply(Quote("2026-03-03T01:30:00Z", price: 102, volume: 1000));

        Assert.Equal(new Candle(At("2026-03-02T00:00:00Z"), 100, 103, 98, 102, 1000) { Synthetic = true }, candle);
    }

    [Fact]
    public void A_market_that_closes_at_midnight_keeps_the_date_of_its_session()
    {
        var series = new CandleSeries(ChartInterval.OneDay, TimeZoneInfo.Utc);

        series.Prepend([Bar("2026-03-03T00:00:00Z", 1, 2, 1, 2, 5)]);

        Assert.Equal(At("2026-03-02T00:00:00Z"), series.Candles[0].Time);
    }

    [Fact]
    public void Older_bars_go_before_the_first_and_overlaps_are_left_out()
    {
        var series = Minutes(Bar("2026-03-02T15:31:00Z", 1, 1, 1, 1, 1));

        var added = series.Prepend(
        [
            Bar("2026-03-02T15:30:00Z", 2, 2, 2, 2, 2),
            Bar("2026-03-02T15:31:00Z", 3, 3, 3, 3, 3),
        ]);

        Assert.Equal(At("2026-03-02T15:30:00Z"), Assert.Single(added).Time);
        Assert.Equal([2, 1], series.Candles.Select(candle => candle.Close));
    }

    [Fact]
    public void Stored_bars_replace_what_was_seen_and_fill_what_was_missed()
    {
        var series = Minutes(Bar("2026-03-02T15:31:00Z", 1, 1, 1, 1, 1));
        series.Apply(Quote("2026-03-02T15:33:30Z", price: 9, volume: 1));

        series.Replace([Bar("2026-03-02T15:31:00Z", 1, 4, 1, 4, 8), Bar("2026-03-02T15:32:00Z", 4, 5, 4, 5, 2)]);

        Assert.Equal([4, 5, 9], series.Candles.Select(candle => candle.Close));
    }

    private static CandleSeries Minutes(params BarResponse[] bars)
    {
        var series = new CandleSeries(ChartInterval.Parse("1m"), NewYork);
        series.Prepend(bars);
        return series;
    }

    private static long At(string time) => Time(time).ToUnixTimeSeconds();

    private static DateTimeOffset Time(string time) =>
        DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);

    private static BarResponse Bar(string time, double open, double high, double low, double close, double volume) =>
        new(Time(time).UtcDateTime, open, high, low, close, volume, Synthetic: false);

    private static LiveQuote Quote(string time, double price, double volume) =>
        new("X", price, 2, 2, volume, Open: 100, High: 103, Low: 98, PreviousClose: 100,
            Time(time), 1, "simulated", true);
}

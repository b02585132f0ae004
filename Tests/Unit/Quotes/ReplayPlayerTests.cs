using Trading.Domain.Market;
using Trading.PricingWorker.Sources;

namespace Trading.Tests.Unit.Quotes;

public sealed class ReplayPlayerTests
{
    private static readonly DateTime Start = new(2026, 3, 2, 15, 0, 0, DateTimeKind.Utc);
    private readonly Quote[] _changed = new Quote[10];

    [Fact]
    public void Thirty_sessions_a_minute_are_a_step_every_half_second()
    {
        var player = Player(speed: 30, loop: true, Rising(1, 10), Rising(2, 20));

        Assert.Equal([null, 10, 9, 12, 11, 20, 19], Play(player, "A", TimeSpan.FromSeconds(0.5), ticks: 7));
    }

    [Fact]
    public void Several_steps_due_at_once_give_one_quote_with_their_extremes()
    {
        var player = Player(speed: 30, loop: true, Rising(1, 10));
        player.Tick(Start, _changed);

        Assert.Equal(1, player.Tick(Start.AddSeconds(1.5), _changed));
        Assert.Equal((12, 10, 12, 9), (_changed[0].Price, _changed[0].Open, _changed[0].High, _changed[0].Low));
    }

    [Fact]
    public void After_the_last_session_it_starts_over()
    {
        var player = Player(speed: 30, loop: true, Rising(1, 10));

        Assert.Equal([null, 10, 9, 12, 11, 10, 9], Play(player, "A", TimeSpan.FromSeconds(0.5), ticks: 7));
    }

    [Fact]
    public void Without_loop_it_falls_silent_and_stays_so_when_instruments_come()
    {
        var player = Player(speed: 30, loop: false, Rising(1, 10));
        Play(player, "A", TimeSpan.FromSeconds(0.5), ticks: 5);

        player.Update([Instrument("B", Rising(1, 50))], []);

        Assert.Equal(0, player.Tick(Start.AddMinutes(1), _changed));
    }

    [Fact]
    public void Instruments_play_the_same_session_at_the_same_time()
    {
        var player = new ReplayPlayer(30, true);
        player.Update([Instrument("A", Rising(1, 10), Rising(2, 20)), Instrument("B", Rising(2, 50))], []);
        player.Tick(Start, _changed);

        Assert.Equal(1, player.Tick(Start.AddSeconds(0.5), _changed));
        Assert.Equal(2, player.Tick(Start.AddSeconds(2.5), _changed));
        Assert.Equal([20, 50], _changed.Take(2).Select(quote => quote.Open));
    }

    [Fact]
    public void A_change_of_instruments_goes_on_at_the_same_session()
    {
        var player = Player(speed: 30, loop: true, Rising(1, 10), Rising(2, 20), Rising(3, 30));
        Play(player, "A", TimeSpan.FromSeconds(0.5), ticks: 6);

        player.Update([Instrument("B", Rising(2, 50))], ["A"]);

        Assert.Equal(1, player.Tick(Start.AddSeconds(3), _changed));
        Assert.Equal(("B", 50.0), (_changed[0].Ticker, _changed[0].Price));
    }

    /// <summary>Open, high, low and close of price, +2, -1 and +1, on a day of May 2016.</summary>
    private static Bar Rising(int day, double price) =>
        new(new DateTime(2016, 5, day, 20, 0, 0, DateTimeKind.Utc), price, price + 2, price - 1, price + 1, 400);

    private static ReplayedInstrument Instrument(string ticker, params Bar[] bars) => new(
        new QuoteStart(new Instrument(1, ticker, ticker, "US", null, "USD", "XNYS", false), 1, default, 1),
        Exchanges.Of("XNYS"),
        [.. bars]);

    private static ReplayPlayer Player(double speed, bool loop, params Bar[] bars)
    {
        var player = new ReplayPlayer(speed, loop);
        player.Update([Instrument("A", bars)], []);
        return player;
    }

    private List<double?> Play(ReplayPlayer player, string ticker, TimeSpan step, int ticks) =>
        [.. Enumerable.Range(0, ticks).Select(i => player.Tick(Start + (i * step), _changed) == 1
            && _changed[0].Ticker == ticker ? _changed[0].Price : (double?)null)];
}

using System.Globalization;
using Microsoft.Extensions.Options;
using Trading.Data.Bars;
using Trading.Domain.Market;
using Trading.PricingWorker.Sources;
using Trading.Tests.Integration;

namespace Trading.Tests.Worker;

/// <summary>Stored sessions played again, tick by tick, by a clock that the test moves.</summary>
[Collection(SystemTests.Name)]
public sealed class ReplaySourceTests(TradingSystem system) : IAsyncLifetime
{
    private static readonly DateTime _start = new(2026, 3, 2, 15, 0, 0, DateTimeKind.Utc);

    // Four steps a minute: one every 15 seconds.
    private static readonly TimeSpan _step = TimeSpan.FromSeconds(15);

    private ScratchDatabase? _database;
    private DateTime _now = _start;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ScratchDatabase Database => _database!;

    public async ValueTask InitializeAsync()
    {
        _database = await ScratchDatabase.CreateAsync(system);
        await Database.ImportAsync(
            "AAA,2024-01-02,10,12,9,11,400",
            "AAA,2024-01-03,11,13,10,10.5,400",
            "AAA,2024-01-05,10.5,11,10,10.75,400",
            "BBB,2024-01-03,20,22,19,21,800");
    }

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    [Fact]
    public async Task All_instruments_play_session_by_session_open_extremes_and_close()
    {
        var source = await PlayingAsync(new(), "AAA", "BBB");

        Assert.Empty(Tick(source, TimeSpan.Zero));
        Assert.Equal(["AAA 10", "AAA 9", "AAA 12", "AAA 11"], Steps(source, 4));
        Assert.Equal(
            ["AAA 11", "BBB 20", "AAA 13", "BBB 19", "AAA 10", "BBB 22", "AAA 10.5", "BBB 21"], Steps(source, 4));
        Assert.Equal(["AAA 10.5", "AAA 10", "AAA 11", "AAA 10.75"], Steps(source, 4));
    }

    [Fact]
    public async Task After_the_last_session_it_starts_over()
    {
        var source = await PlayingAsync(new(), "AAA");
        Tick(source, TimeSpan.Zero);

        Steps(source, 12);

        Assert.Equal(["AAA 10", "AAA 9"], Steps(source, 2));
    }

    [Fact]
    public async Task Without_a_loop_it_falls_silent_after_the_last_session_whatever_comes_and_goes()
    {
        var source = await PlayingAsync(new() { Loop = false }, "AAA", "BBB");
        Tick(source, TimeSpan.Zero);
        Steps(source, 12);

        Assert.Empty(Steps(source, 3));
        source.Update(new UniverseChange([], ["BBB"], new HashSet<string> { "AAA" }));
        Assert.Empty(Steps(source, 3));
    }

    [Theory]
    [InlineData("2024-01-03", null, new[] { "AAA 11", "AAA 10.5" })]
    [InlineData(null, "2024-01-02", new[] { "AAA 10", "AAA 10" })]
    [InlineData("2024-01-03", "2024-01-03", new[] { "AAA 11", "AAA 11" })]
    public async Task Only_sessions_in_range_are_played_both_ends_included(string? from, string? to, string[] opens)
    {
        var source = await PlayingAsync(new() { From = DateOf(from), To = DateOf(to) }, "AAA");
        Tick(source, TimeSpan.Zero);

        Assert.Equal(opens, Steps(source, 8).Where((_, step) => step % 4 == 0));
    }

    [Fact]
    public async Task An_instrument_without_a_session_in_range_is_not_quoted()
    {
        var source = Create(new() { From = new DateOnly(2024, 1, 4) });

        var ready = await source.PrepareAsync([await StartAsync("AAA"), await StartAsync("BBB")], Cancellation);

        Assert.Equal(["AAA"], ready.Select(start => start.Instrument.Ticker));
    }

    [Fact]
    public async Task One_that_joins_plays_from_the_session_that_the_others_are_at()
    {
        var source = await PlayingAsync(new(), "AAA");
        Tick(source, TimeSpan.Zero);
        Steps(source, 5);

        await JoinAsync(source, ["AAA", "BBB"], "BBB");

        Assert.Equal(["AAA 11", "BBB 20"], Steps(source, 1));
    }

    [Fact]
    public async Task A_pause_plays_each_session_once_at_most_and_a_clock_that_goes_back_plays_nothing()
    {
        var source = await PlayingAsync(new(), "AAA");
        Tick(source, TimeSpan.Zero);

        // A day is 1,440 sessions; only the state after the last of a round is told.
        Assert.Equal(["AAA 10.75"], Tick(source, TimeSpan.FromDays(1)));
        Assert.Empty(Tick(source, TimeSpan.FromHours(-1)));
        Assert.Equal(["AAA 10"], Steps(source, 1));
    }

    [Fact]
    public async Task What_an_earlier_replay_stored_is_not_played_again()
    {
        var instrument = await Database.InstrumentAsync("BBB");
        var played = new Bar(_start.AddHours(6), 500, 500, 500, 500, 1);
        await Database.Bars.UpsertAsync(
            BarInterval.OneDay, [new InstrumentBar(instrument.Id, played, BarSource.Replay)], Cancellation);
        var source = await PlayingAsync(new(), "BBB");
        Tick(source, TimeSpan.Zero);

        Assert.Equal(["BBB 20", "BBB 19", "BBB 22", "BBB 21", "BBB 20"], Steps(source, 5));
    }

    [Fact]
    public async Task More_sessions_than_one_page_are_all_played()
    {
        const int Sessions = 5_003;
        var instrument = await Database.InstrumentAsync("BBB");
        var first = new DateTime(2000, 1, 1, 21, 0, 0, DateTimeKind.Utc);
        await Database.Bars.UpsertAsync(
            BarInterval.OneDay,
            [.. Enumerable.Range(1, Sessions).Select(day => new InstrumentBar(
                instrument.Id, new Bar(first.AddDays(day), day, day, day, day, 1), BarSource.Imported))],
            Cancellation);
        var source = await PlayingAsync(new() { Speed = 10_000, To = new DateOnly(2023, 1, 1) }, "BBB");
        Tick(source, TimeSpan.Zero);

        Assert.Equal([$"BBB {Sessions}"], Tick(source, TimeSpan.FromMinutes(1)));
    }

    private static DateOnly? DateOf(string? text) =>
        text is null ? null : DateOnly.Parse(text, CultureInfo.InvariantCulture);

    private ReplaySource Create(ReplayOptions options) => new(
        Database.Bars,
        Options.Create(new QuoteOptions
        {
            Replay = new() { From = options.From, To = options.To, Loop = options.Loop, Speed = options.Speed == 30 ? 1 : options.Speed },
        }));

    private async Task<ReplaySource> PlayingAsync(ReplayOptions options, params string[] tickers)
    {
        var source = Create(options);
        await JoinAsync(source, tickers, tickers);
        return source;
    }

    private async Task JoinAsync(ReplaySource source, string[] quoted, params string[] joining)
    {
        var starts = new List<QuoteStart>();
        foreach (var ticker in joining)
        {
            starts.Add(await StartAsync(ticker));
        }

        var ready = await source.PrepareAsync(starts, Cancellation);
        Assert.Equal(joining.Length, ready.Count);
        source.Update(new UniverseChange(ready, [], quoted.ToHashSet()));
    }

    private async Task<QuoteStart> StartAsync(string ticker)
    {
        var last = (await Database.BarsAsync(ticker, BarInterval.OneDay))[^1].Bar;
        return new QuoteStart(await Database.InstrumentAsync(ticker), last.Open, last, last.Volume);
    }

    /// <summary>What changed at each of some steps.</summary>
    private string[] Steps(ReplaySource source, int count) =>
        [.. Enumerable.Range(0, count).SelectMany(_ => Tick(source, _step))];

    private string[] Tick(ReplaySource source, TimeSpan later)
    {
        _now += later;
        string[] published = [];
        var outlet = new QuoteOutlet((_, _, _, quotes) => published = Describe(quotes));
        outlet.Resize(10);
        source.Tick(_now, outlet);
        return published;
    }

    private static string[] Describe(ReadOnlySpan<Quote> quotes) =>
        [.. quotes.ToArray().Select(quote => string.Create(CultureInfo.InvariantCulture, $"{quote.Ticker} {quote.Price}"))];
}

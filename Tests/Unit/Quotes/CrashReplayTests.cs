using Trading.Domain.Market;

namespace Trading.Tests.Unit.Quotes;

/// <summary>
/// A crash forgets what is in memory; the store keeps whole bars, and the stream hands out again what was not
/// acknowledged.
/// </summary>
public sealed class CrashReplayTests
{
    private const int Ticks = 600;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Cut_anywhere_restored_and_replayed_with_any_overlap_the_bars_are_the_same(int seed)
    {
        var ticks = Generate(seed);
        var whole = new Store();
        whole.Run(ticks, 0, Ticks);

        var random = new Random(seed);
        for (var cut = 0; cut <= Ticks; cut += 7)
        {
            var crashed = new Store();
            crashed.Run(ticks, 0, cut);
            crashed.Run(ticks, Math.Max(0, cut - random.Next(0, 40)), Ticks);

            Assert.Equal(whole.Minutes, crashed.Minutes);
            Assert.Equal(whole.Days, crashed.Days);
        }
    }

    [Fact]
    public void Saving_after_every_tick_or_once_makes_no_difference()
    {
        var ticks = Generate(9);
        var once = new Store();
        once.Run(ticks, 0, Ticks);

        var often = new Store();
        for (var i = 0; i < Ticks; i++)
        {
            often.Run(ticks, i, i + 1);
        }

        Assert.Equal(once.Minutes, often.Minutes);
        Assert.Equal(once.Days, often.Days);
    }

    /// <summary>
    /// A session change in the middle; some quotes late by a few seconds, which is by up to a minute bar.
    /// </summary>
    private static List<(DateTime Utc, Quote Quote)> Generate(int seed)
    {
        var random = new Random(seed);
        var market = new QuoteSimulator(seed, 1, new DateTime(2026, 3, 3, 4, 40, 0, DateTimeKind.Utc));
        var before = new Bar(new DateTime(2026, 2, 27, 21, 0, 0, DateTimeKind.Utc), 100, 100, 100, 100, 1e6);
        market.Add(new QuoteStart(new Instrument(1, "A", "A", "US", null, "USD", "XNYS", true), 100, before, 1e6));
        var ticks = new List<(DateTime, Quote)>();
        var quote = new Quote[1];
        var utc = new DateTime(2026, 3, 3, 4, 40, 0, DateTimeKind.Utc);
        for (var i = 0; i < Ticks; i++)
        {
            utc = utc.AddSeconds(random.Next(1, 8));
            market.Step(utc, quote);
            ticks.Add((random.Next(10) == 0 ? utc.AddSeconds(-random.Next(1, 15)) : utc, quote[0]));
        }

        return ticks;
    }

    private sealed class Store
    {
        public SortedDictionary<DateTime, Bar> Minutes { get; } = [];

        public SortedDictionary<DateTime, Bar> Days { get; } = [];

        /// <summary>Starts as the worker does, from the newest bars, and stores what changed at the end.</summary>
        public void Run(List<(DateTime Utc, Quote Quote)> ticks, int from, int to)
        {
            var aggregator = new BarAggregator(new SessionClock(Exchanges.Of("XNYS")));
            aggregator.Restore(Days.Count > 0 ? Days.Values.Last() : null, [.. Minutes.Values.TakeLast(2)]);
            for (var i = from; i < to; i++)
            {
                aggregator.Apply(ticks[i].Utc, ticks[i].Quote);
            }

            var (minutes, days) = (new List<Bar>(), new List<Bar>());
            aggregator.TakeChanged(minutes, days);
            minutes.ForEach(bar => Minutes[bar.Time] = bar);
            days.ForEach(bar => Days[bar.Time] = bar);
        }
    }
}

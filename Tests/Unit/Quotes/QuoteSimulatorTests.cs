using Trading.Domain.Market;

namespace Trading.Tests.Unit.Quotes;

public sealed class QuoteSimulatorTests
{
    private static readonly DateTime Start = new(2026, 3, 2, 15, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void The_same_seed_gives_the_same_quotes_and_another_seed_others()
    {
        var first = Run(seed: 7, steps: 200, instruments: 20);

        Assert.Equal(first, Run(seed: 7, steps: 200, instruments: 20));
        Assert.NotEqual(first, Run(seed: 8, steps: 200, instruments: 20));
    }

    [Fact]
    public void Another_instrument_does_not_change_the_quotes_of_the_others()
    {
        var few = Run(seed: 7, steps: 50, instruments: 5);
        var more = Run(seed: 7, steps: 50, instruments: 6);

        Assert.Equal(few, more.Where(quote => quote.Ticker != "T5"));
    }

    [Fact]
    public void Returns_correlate_as_documented_within_and_across_sectors()
    {
        var market = Market(3, changeShare: 1, At("A", "Energy", 1e5), At("B", "Energy", 1e5), At("C", "Health", 1e5));
        var returns = Returns(market, steps: 20_000, seconds: 60);

        // The standard error of a correlation of 20,000 pairs is below 0.007.
        Assert.InRange(Correlation(returns[0], returns[1]), 0.60 - 0.03, 0.60 + 0.03);
        Assert.InRange(Correlation(returns[0], returns[2]), 0.35 - 0.03, 0.35 + 0.03);
        Assert.InRange(Correlation(returns[1], returns[2]), 0.35 - 0.03, 0.35 + 0.03);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(300)]
    public void Volatility_is_that_of_a_share_whatever_the_length_of_a_step(double seconds)
    {
        var returns = Returns(Market(11, 1, At("A", "Energy", 1e5)), steps: 20_000, seconds);

        var variance = returns[0].Average(change => change * change);
        var yearly = Math.Sqrt(variance * 252 * 6.5 * 3600 / seconds);
        Assert.InRange(yearly, 0.14, 0.46);
    }

    [Fact]
    public void The_configured_share_trades_at_a_step_and_all_at_the_first()
    {
        var market = Market(5, changeShare: 0.25, [.. Enumerable.Range(0, 400).Select(i => At($"T{i}", "Energy"))]);
        var changed = new Quote[400];

        Assert.Equal(400, market.Step(Start.AddSeconds(1), changed));

        var traded = Enumerable.Range(2, 100).Average(i => (double)market.Step(Start.AddSeconds(i), changed));
        Assert.InRange(traded / 400, 0.23, 0.27);
    }

    [Fact]
    public void Prices_lie_on_the_tick_size_of_a_cent_or_a_hundredth_of_one()
    {
        var market = Market(5, 1, At("DEAR", "Energy"), At("CHEAP", "Energy", price: 0.5));
        var changed = new Quote[2];
        for (var i = 1; i <= 1000; i++)
        {
            market.Step(Start.AddSeconds(10 * i), changed);

            Assert.Equal((double)Math.Round((decimal)changed[0].Price, 2), changed[0].Price);
            Assert.Equal((double)Math.Round((decimal)changed[1].Price, 4), changed[1].Price);
        }
    }

    [Fact]
    public void A_new_session_opens_when_the_date_changes_in_new_york_not_in_utc()
    {
        // In March, before daylight saving, midnight in New York is 05:00 UTC.
        var market = Market(5, 1, At("A", "Energy"));
        var changed = new Quote[1];
        market.Step(new DateTime(2026, 3, 3, 0, 30, 0, DateTimeKind.Utc), changed);
        market.Step(new DateTime(2026, 3, 3, 4, 59, 59, DateTimeKind.Utc), changed);
        var last = changed[0];

        market.Step(new DateTime(2026, 3, 3, 5, 0, 0, DateTimeKind.Utc), changed);

        Assert.Equal(100, last.PreviousClose);
        Assert.Equal(last.Price, changed[0].PreviousClose);
        Assert.Equal(changed[0].Price, changed[0].Open);
        Assert.Equal(changed[0].Price, changed[0].High);
        Assert.Equal(changed[0].Price, changed[0].Low);
    }

    [Fact]
    public void An_open_session_goes_on_after_a_restart()
    {
        var today = new Bar(new DateTime(2026, 3, 2, 21, 0, 0, DateTimeKind.Utc), 98, 104, 97, 101, 5000);
        var market = new QuoteSimulator(1, 1, Start);
        market.Add(new QuoteStart(At("A", "Energy").Instrument, 99, today, 1e6));
        var changed = new Quote[1];

        market.Step(Start.AddSeconds(1), changed);

        Assert.Equal((99, 98, 104, 97), (changed[0].PreviousClose, changed[0].Open, changed[0].High, changed[0].Low));
        Assert.True(changed[0].Volume > 5000);
        Assert.InRange(changed[0].Price, 100, 102);
    }

    [Fact]
    public void Every_quote_is_sound_and_volume_grows_within_a_session()
    {
        var market = Market(9, 0.5, At("A", "Energy"), At("B", "Health", price: 0.0002));
        var changed = new Quote[2];
        var volume = new Dictionary<string, double>();
        for (var i = 1; i <= 5000; i++)
        {
            var count = market.Step(Start.AddSeconds(i), changed);
            foreach (var quote in changed.AsSpan(0, count))
            {
                Assert.True(quote.IsSound);
                Assert.True(quote.Volume > volume.GetValueOrDefault(quote.Ticker));
                volume[quote.Ticker] = quote.Volume;
            }
        }
    }

    [Fact]
    public void A_clock_that_goes_back_moves_no_price()
    {
        var market = Market(9, 1, At("A", "Energy"));
        var changed = new Quote[1];
        market.Step(Start.AddSeconds(10), changed);
        var price = changed[0].Price;

        market.Step(Start.AddSeconds(-3600), changed);

        Assert.Equal(price, changed[0].Price);
    }

    [Fact]
    public void A_tick_of_500_quotes_allocates_nothing()
    {
        var market = Market(5, 1, [.. Enumerable.Range(0, 500).Select(i => At($"T{i}", $"Sector {i % 11}"))]);
        var clock = new SessionClock(Exchanges.Of("XNAS"));
        var aggregators = Enumerable.Range(0, 500).Select(_ => new BarAggregator(clock)).ToArray();
        var changed = new Quote[500];
        var frame = new byte[QuoteFrame.HeaderLength + (500 * QuoteFrame.MaxQuoteLength)];
        void Tick(int second)
        {
            var utc = Start.AddSeconds(second);
            var count = market.Step(utc, changed);
            QuoteFrame.Write(frame, second, utc, BarSource.Simulated, changed.AsSpan(0, count));
            for (var i = 0; i < count; i++)
            {
                aggregators[i].Apply(utc, changed[i]);
            }
        }

        for (var second = 1; second < 10; second++)
        {
            Tick(second);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var second = 10; second < 50; second++)
        {
            Tick(second);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static QuoteStart At(string ticker, string sector, double price = 100) => new(
        new Instrument(1, ticker, ticker, "US", sector, "USD", "XNAS", true),
        price,
        new Bar(new DateTime(2026, 2, 27, 21, 0, 0, DateTimeKind.Utc), price, price, price, price, 1e6),
        1e6);

    private static QuoteSimulator Market(long seed, double changeShare, params QuoteStart[] starts)
    {
        var market = new QuoteSimulator(seed, changeShare, Start);
        foreach (var start in starts)
        {
            market.Add(start);
        }

        return market;
    }

    private static List<Quote> Run(long seed, int steps, int instruments)
    {
        var market = Market(seed, 0.5, [.. Enumerable.Range(0, instruments).Select(i => At($"T{i}", $"S{i % 3}"))]);
        var all = new List<Quote>();
        var changed = new Quote[instruments];
        for (var step = 1; step <= steps; step++)
        {
            var count = market.Step(Start.AddSeconds(step), changed);
            all.AddRange(changed.AsSpan(0, count));
        }

        return all;
    }

    /// <summary>Logarithmic returns of every instrument; at a price of 100,000 the tick size does not show.</summary>
    private static double[][] Returns(QuoteSimulator market, int steps, double seconds)
    {
        var changed = new Quote[market.Count];
        market.Step(Start, changed);
        var last = changed.Select(quote => quote.Price).ToArray();
        var returns = last.Select(_ => new double[steps]).ToArray();
        for (var step = 0; step < steps; step++)
        {
            market.Step(Start.AddSeconds((step + 1) * seconds), changed);
            for (var i = 0; i < last.Length; i++)
            {
                returns[i][step] = Math.Log(changed[i].Price / last[i]);
                last[i] = changed[i].Price;
            }
        }

        return returns;
    }

    private static double Correlation(double[] x, double[] y)
    {
        var (meanX, meanY) = (x.Average(), y.Average());
        var covariance = x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum();
        return covariance / Math.Sqrt(x.Sum(a => (a - meanX) * (a - meanX)) * y.Sum(b => (b - meanY) * (b - meanY)));
    }
}

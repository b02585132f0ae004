using Trading.Domain.Market;
using Trading.PricingWorker.Quotes;

namespace Trading.Tests.Unit.Quotes;

public sealed class LatestQuotesTests
{
    private static readonly DateTime Now = new(2026, 3, 2, 15, 0, 0, DateTimeKind.Utc);
    private readonly FrameSequence _sequence = new();
    private readonly LatestQuotes _latest;

    public LatestQuotesTests() => _latest = new LatestQuotes(_sequence);

    [Fact]
    public void Before_the_first_tick_the_frame_is_empty()
    {
        Assert.True(QuoteFrame.TryOpen(Assert.Single(_latest.ToFrames()).Bytes, out var header, out _));
        Assert.Equal(0, header.Count);
    }

    [Fact]
    public void The_frame_has_the_newest_quote_of_each_and_the_number_of_the_last_tick()
    {
        var number = _sequence.Next(Now);
        _latest.Update(Now, BarSource.Simulated, stale: false, [Quote("A", 1), Quote("B", 2)]);
        _latest.Update(Now, BarSource.Simulated, stale: false, [Quote("A", 3)]);
        _latest.Remove(["B"]);

        Assert.True(QuoteFrame.TryOpen(Assert.Single(_latest.ToFrames()).Bytes, out var header, out var reader));

        Assert.Equal(new QuoteFrame.Header(number, Now, BarSource.Simulated, 1), header);
        Assert.True(reader.MoveNext());
        Assert.Equal(3, reader.Current.Price);
    }

    [Fact]
    public void Prices_that_happened_keep_their_time_their_source_and_whether_they_are_stale()
    {
        _latest.Update(Now, BarSource.Live, stale: false, [Quote("A", 1), Quote("B", 2)]);
        _latest.Update(Now.AddHours(-1), BarSource.Live, stale: true, [Quote("B", 2)]);
        _latest.Update(Now, BarSource.Simulated, stale: false, [Quote("C", 3)]);

        var headers = _latest.ToFrames().Select(frame =>
        {
            Assert.True(QuoteFrame.TryOpen(frame.Bytes, out var header, out _));
            return header;
        });

        Assert.Equal(
            [
                new(0, Now, BarSource.Live, 1),
                new(0, Now.AddHours(-1), BarSource.Live, 1, Stale: true),
                new QuoteFrame.Header(0, Now, BarSource.Simulated, 1),
            ],
            headers);
    }

    [Fact]
    public void An_instrument_that_went_is_there_until_it_is_taken_away()
    {
        _latest.Update(Now, BarSource.Simulated, stale: false, [Quote("A", 1), Quote("B", 2)]);

        Assert.False(_latest.AreOnlyOf(new HashSet<string> { "A" }));
        _latest.Remove(["B"]);
        Assert.True(_latest.AreOnlyOf(new HashSet<string> { "A", "C" }));
    }

    [Fact]
    public void Each_field_of_the_hash_is_a_frame_of_one_quote()
    {
        _latest.Update(Now, BarSource.Simulated, stale: false, [Quote("A", 1), Quote("B", 2)]);

        var entries = LatestHash.Entries(Assert.Single(_latest.ToFrames()));

        Assert.Equal(["A", "B"], entries.Select(entry => entry.Name.ToString()));
        Assert.True(QuoteFrame.TryOpen((byte[]?)entries[1].Value, out var header, out var reader));
        Assert.Equal(1, header.Count);
        Assert.True(reader.MoveNext());
        Assert.Equal("B"u8, reader.Ticker);
        Assert.Equal(2, reader.Current.Price);
    }

    private static Quote Quote(string ticker, double price) => new(ticker, price, price, price, price, price, 1);
}

using System.Text;
using Trading.Domain.Market;

namespace Trading.Tests.Unit.Quotes;

public sealed class QuoteFrameTests
{
    private static readonly DateTime Time = new(2026, 3, 2, 15, 0, 0, 123, DateTimeKind.Utc);

    private static readonly Quote[] Sent =
    [
        new("A", 1.5, 1.4, 1.45, 1.6, 1.3, 10),
        new("BRK.B", 455.25, 450, 451, 456, 449.5, 123456789),
        new("ABCDEFGHIJKLMNOPQRSTUVWX", 0.0001, double.NaN, 0.0001, 0.0001, 0.0001, 0.12345678),
    ];

    [Fact]
    public void What_was_written_is_read_again()
    {
        Assert.True(QuoteFrame.TryOpen(Frame(), out var header, out var reader));

        Assert.Equal(new QuoteFrame.Header(42, Time, BarSource.Replay, 3), header);
        Assert.Equal(DateTimeKind.Utc, header.Time.Kind);
        Assert.Equal(Sent, ReadAll(reader));
    }

    [Fact]
    public void A_frame_cut_anywhere_yields_its_whole_quotes_and_no_more()
    {
        var frame = Frame();
        for (var length = 0; length < frame.Length; length++)
        {
            var opened = QuoteFrame.TryOpen(frame.AsSpan(0, length), out _, out var reader);

            Assert.Equal(length >= QuoteFrame.HeaderLength, opened);
            if (opened)
            {
                var read = ReadAll(reader);
                Assert.Equal(Sent.Take(read.Count), read);
                Assert.True(read.Count < Sent.Length);
            }
        }
    }

    [Fact]
    public void Hostile_bytes_never_throw_nor_run_past_the_end()
    {
        var random = new Random(1);
        for (var round = 0; round < 20_000; round++)
        {
            var frame = Frame();
            for (var hits = random.Next(1, 6); hits > 0; hits--)
            {
                frame[random.Next(frame.Length)] = (byte)random.Next(256);
            }

            if (QuoteFrame.TryOpen(frame, out var header, out var reader))
            {
                Assert.True(header.Count >= 0);
                Assert.All(ReadAll(reader), quote => Assert.InRange(quote.Ticker.Length, 1, 24));
            }
        }
    }

    [Theory]
    [InlineData(0, 0x00, "another magic")]
    [InlineData(2, 0x02, "another version")]
    [InlineData(19, 0xFF, "a time before the first year")]
    [InlineData(23, 0xFF, "a negative count")]
    public void A_header_that_makes_no_sense_is_refused(int at, byte value, string why)
    {
        var frame = Frame();
        frame[at] = value;

        Assert.False(QuoteFrame.TryOpen(frame, out _, out _), why);
    }

    [Fact]
    public void A_count_larger_than_the_frame_ends_with_its_bytes()
    {
        var frame = Frame();
        frame[22] = 0x7F;

        Assert.True(QuoteFrame.TryOpen(frame, out _, out var reader));
        Assert.Equal(Sent, ReadAll(reader));
    }

    [Fact]
    public void A_ticker_that_is_too_long_or_missing_cannot_be_written()
    {
        var room = new byte[1024];

        Assert.Throws<ArgumentException>(() => Write(room, new string('A', QuoteFrame.MaxTickerLength + 1)));
        Assert.Throws<ArgumentException>(() => Write(room, string.Empty));
    }

    [Fact]
    public void A_stale_frame_says_so_and_keeps_its_source()
    {
        var room = new byte[256];
        QuoteFrame.Write(room, 1, Time, BarSource.Live, [new Quote("A", 1, 1, 1, 1, 1, 1)], stale: true);

        Assert.True(QuoteFrame.TryOpen(room, out var header, out _));
        Assert.Equal(new QuoteFrame.Header(1, Time, BarSource.Live, 1, Stale: true), header);
    }

    [Fact]
    public void Frames_one_after_the_other_are_told_apart_by_their_length()
    {
        byte[] frame = Frame();
        byte[] both = [.. frame, .. frame[..^1]];

        Assert.Equal(frame.Length, QuoteFrame.LengthOf(both));
        Assert.Equal(0, QuoteFrame.LengthOf(both.AsSpan(frame.Length)));
        Assert.Equal(0, QuoteFrame.LengthOf([]));
    }

    private static int Write(byte[] room, string ticker) =>
        QuoteFrame.Write(room, 1, Time, BarSource.Live, [new Quote(ticker, 1, 1, 1, 1, 1, 1)]);

    private static byte[] Frame()
    {
        var room = new byte[QuoteFrame.HeaderLength + (Sent.Length * QuoteFrame.MaxQuoteLength)];
        return room[..QuoteFrame.Write(room, 42, Time, BarSource.Replay, Sent)];
    }

    private static List<Quote> ReadAll(QuoteFrame.Reader reader)
    {
        var quotes = new List<Quote>();
        while (reader.MoveNext())
        {
            quotes.Add(reader.Current with { Ticker = Encoding.ASCII.GetString(reader.Ticker) });
        }

        return quotes;
    }
}

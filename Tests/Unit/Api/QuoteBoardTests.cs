using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Trading.ApiService.Quotes;
using Trading.Contracts;
using Trading.Domain.Market;

namespace Trading.Tests.Unit.Api;

public sealed class QuoteBoardTests
{
    private static readonly JsonSerializerOptions _snakeCase = new(JsonSerializerDefaults.General)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    private readonly QuoteBoard _board = new();

    [Fact]
    public void A_quote_reads_as_the_contract_says()
    {
        _board.Apply(Frames.Of(7, Frames.Quote("BRK.B", 102.35)), whole: false, out _);

        var quote = JsonSerializer.Deserialize<QuoteResponse>(RestOf("BRK.B"), _snakeCase);

        // 2026-01-01 12:00:00.25 UTC is 1767268800.25 by `date -u -d '2026-01-01 12:00' +%s`.
        var expected = new QuoteResponse(
            "BRK.B", 102.35, 2.35, 2.35, 1000, 1767268800.25, 7, 101, 105, 99, 100, "simulated", true);
        Assert.Equal(expected, quote);
    }

    [Fact]
    public void A_quote_whose_source_is_late_is_flagged_stale_with_its_age()
    {
        var time = new ManualTime();
        var board = new QuoteBoard(time);
        var made = time.GetUtcNow().UtcDateTime;
        var quote = Frames.Quote("AAPL", 102.35);
        var room = new byte[256];
        time.Advance(TimeSpan.FromSeconds(90));

        QuoteFrame.Write(room, 7, made, BarSource.Live, [quote]);
        board.Apply(room, whole: false, out _);
        var fresh = JsonSerializer.Deserialize<QuoteResponse>(RestOf(board, "AAPL"), _snakeCase)!;
        QuoteFrame.Write(room, 8, made, BarSource.Live, [quote], stale: true);
        board.Apply(room, whole: true, out _);
        var stale = JsonSerializer.Deserialize<QuoteResponse>(RestOf(board, "AAPL"), _snakeCase)!;
        time.Advance(TimeSpan.FromSeconds(60));
        var older = JsonSerializer.Deserialize<QuoteResponse>(RestOf(board, "AAPL"), _snakeCase)!;

        Assert.Equal((false, null), (fresh.Stale, fresh.AgeSeconds));
        Assert.Equal((true, 90, 102.35), (stale.Stale, stale.AgeSeconds, stale.Price));
        Assert.Equal((true, 150), (older.Stale, older.AgeSeconds));
    }

    [Fact]
    public void While_nobody_is_heard_of_who_gives_quotes_all_are_stale_with_their_age()
    {
        var time = new ManualTime();
        var board = new QuoteBoard(time);
        var room = new byte[256];
        QuoteFrame.Write(room, 7, time.GetUtcNow().UtcDateTime, BarSource.Live, [Frames.Quote("AAPL", 102.35)]);
        board.Apply(room, whole: false, out _);
        board.TryFind("AAPL".AsSpan(), out var slot);
        (bool Stale, double? Age) Now()
        {
            var quote = JsonSerializer.Deserialize<QuoteResponse>(RestOf(board, "AAPL"), _snakeCase)!;
            Assert.Equal((102.35, slot!.IsStale), (quote.Price, quote.Stale));
            return (quote.Stale, quote.AgeSeconds);
        }

        board.Pulse.Beat();
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal((false, null), Now());
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((true, 61), Now());
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal((true, 3661), Now());

        board.Pulse.Beat();
        Assert.Equal((false, null), Now());
    }

    [Fact]
    public void An_update_is_one_text_frame_of_the_WebSocket_protocol()
    {
        _board.Apply(Frames.Of(7, Frames.Quote("AAPL", 102.35)), whole: false, out _);
        _board.TryFind("AAPL".AsSpan(), out var slot);
        var frame = new byte[QuoteText.MaxLength];

        var length = slot!.CopyUpdate(frame, out var sequence);

        // RFC 6455, 5.2: FIN and opcode 1, no mask, 126 and the length in two bytes.
        Assert.Equal(7, sequence);
        Assert.Equal([0x81, 126], frame[..2]);
        Assert.Equal(length - 4, BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(2)));
        var update = JsonNode.Parse(frame.AsSpan(4..length))!.AsObject();
        Assert.Equal("price_update", (string?)update["type"]);
        update.Remove("type");
        Assert.Equal(
            new PriceUpdate("AAPL", 102.35, 2.35, 2.35, 1000, 1767268800.25, 7),
            update.Deserialize<PriceUpdate>(_snakeCase));
    }

    [Fact]
    public void A_short_update_has_the_short_header()
    {
        var bytes = new byte[QuoteText.MaxLength];
        var text = new QuoteText(bytes);
        var quote = new Domain.Market.Quote("A", 1, double.NaN, 1, 1, 1, 1);

        var (start, end) = text.WriteUpdate("A", in quote, new(1, DateTime.UnixEpoch, Domain.Market.BarSource.Live, 1));

        Assert.InRange(end - start - 2, 1, 125);
        Assert.Equal([0x81, (byte)(end - start - 2)], bytes[start..(start + 2)]);
        Assert.NotNull(JsonNode.Parse(bytes.AsSpan((start + 2)..end)));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(0)]
    public void Without_a_previous_close_there_is_no_change(double previousClose)
    {
        _board.Apply(Frames.Of(1, Frames.Quote("NEW", 10, previousClose)), whole: false, out _);

        var quote = JsonSerializer.Deserialize<QuoteResponse>(RestOf("NEW"), _snakeCase)!;

        Assert.Null(quote.Change);
        Assert.Null(quote.ChangePercent);
        Assert.Null(quote.PreviousClose);
    }

    [Fact]
    public void A_price_that_is_no_number_leaves_the_last_quote()
    {
        _board.Apply(Frames.Of(1, Frames.Quote("AAPL", 10)), whole: false, out _);
        _board.Apply(Frames.Of(2, Frames.Quote("AAPL", double.NaN)), whole: false, out _);

        Assert.Contains("\"price\":10,", RestOf("AAPL"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_older_frame_changes_nothing()
    {
        _board.Apply(Frames.Of(5, Frames.Quote("AAPL", 50)), whole: false, out _);
        _board.Apply(Frames.Of(4, Frames.Quote("AAPL", 40), Frames.Quote("MSFT", 41)), whole: false, out _);

        Assert.Equal(5, _board.Sequence);
        Assert.Contains("\"price\":50,", RestOf("AAPL"), StringComparison.Ordinal);
        Assert.Equal(["MSFT"], _board.Changed.ToArray().Select(slot => slot.Ticker));
    }

    [Fact]
    public void A_whole_picture_changes_only_what_differs()
    {
        _board.Apply(Frames.Of(5, Frames.Quote("AAPL", 50), Frames.Quote("MSFT", 41)), whole: false, out _);
        _board.Apply(Frames.Of(9, Frames.Quote("AAPL", 50), Frames.Quote("MSFT", 42)), whole: true, out _);

        Assert.Equal(["MSFT"], _board.Changed.ToArray().Select(slot => slot.Ticker));
        Assert.Equal(9, _board.Sequence);
    }

    [Fact]
    public void Bytes_that_are_no_frame_and_tickers_that_are_none_are_ignored()
    {
        Assert.False(_board.Apply("not a frame at all, though long enough"u8, whole: false, out _));
        _board.Apply(Frames.Of(1, Frames.Quote("A\"B", 1)), whole: false, out _);

        Assert.Equal(0, _board.Count);
    }

    [Fact]
    public async Task Readers_never_see_a_torn_quote()
    {
        _board.Apply(Frames.Of(1, Frames.Quote("AAPL", 1)), whole: false, out _);
        using var stop = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 2).Select(_ => Task.Run(() => ReadUntil(stop.Token))).ToArray();

        // Price and sequence say the same, with ever other lengths of text.
        for (var sequence = 2; sequence <= 30_000; sequence++)
        {
            _board.Apply(Frames.Of(sequence, Frames.Quote("AAPL", sequence)), whole: false, out _);
        }

        await stop.CancelAsync();
        Assert.All(await Task.WhenAll(readers), Assert.Null);
    }

    private string? ReadUntil(CancellationToken stop)
    {
        do
        {
            var text = RestOf("AAPL");
            using var quote = JsonDocument.Parse(text);
            if (quote.RootElement.GetProperty("price").GetInt64() != quote.RootElement.GetProperty("seq").GetInt64())
            {
                return text;
            }
        }
        while (!stop.IsCancellationRequested);

        return null;
    }

    private string RestOf(string ticker) => RestOf(_board, ticker);

    private static string RestOf(QuoteBoard board, string ticker)
    {
        Assert.True(board.TryFind(ticker.AsSpan(), out var slot));
        var bytes = new byte[QuoteText.MaxLength];
        return Encoding.ASCII.GetString(bytes, 0, slot.CopyQuote(bytes));
    }
}

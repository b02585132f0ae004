using System.Threading.Channels;
using Trading.Contracts;

namespace Trading.Tests.Unit.Contracts;

public sealed class QuoteStreamTests
{
    private const string Update =
        """
        {"type":"price_update","ticker":"AAPL","price":178.5,"change":2.35,"change_percent":1.33,"volume":10,
         "timestamp":1700000000.5,"seq":41}
        """;

    private readonly Channel<PriceUpdate> _updates = Channel.CreateUnbounded<PriceUpdate>();
    private readonly Channel<QuoteStreamState> _states = Channel.CreateUnbounded<QuoteStreamState>();
    private readonly Channel<string> _errors = Channel.CreateUnbounded<string>();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Updates_of_subscribed_tickers_arrive_as_sent()
    {
        await using var server = await StreamServer.StartAsync();
        await using var running = Run(server, out var stream);
        stream.Subscribe("AAPL");
        Assert.Equal("""{"action":"subscribe","tickers":["AAPL"]}""", await server.NextMessageAsync());

        await server.SendAsync(Update);

        Assert.Equal(
            new PriceUpdate("AAPL", 178.5, 2.35, 1.33, 10, 1700000000.5, 41), await Next(_updates));
    }

    [Fact]
    public async Task A_lost_connection_is_made_again_with_every_subscription_and_the_last_frame_seen()
    {
        await using var server = await StreamServer.StartAsync();
        await using var running = Run(server, out var stream);
        stream.Subscribe("AAPL", "MSFT");
        await server.NextMessageAsync();
        stream.Unsubscribe("MSFT");
        Assert.Equal("""{"action":"unsubscribe","tickers":["MSFT"]}""", await server.NextMessageAsync());
        await server.SendAsync(Update);
        await Next(_updates);

        server.Drop();

        Assert.Equal("""{"action":"subscribe","tickers":["AAPL"]}""", await server.NextMessageAsync());
        Assert.Equal("""{"action":"resume","seq":41}""", await server.NextMessageAsync());
        Assert.Equal(
            [QuoteStreamState.Connected, QuoteStreamState.Reconnecting, QuoteStreamState.Connected],
            [await Next(_states), await Next(_states), await Next(_states)]);
    }

    [Fact]
    public async Task A_server_that_refuses_is_tried_again_until_it_accepts()
    {
        await using var server = await StreamServer.StartAsync();
        server.Refuses = true;
        await using var running = Run(server, out var stream);
        stream.Subscribe("AAPL");
        Assert.Equal(QuoteStreamState.Reconnecting, await Next(_states));

        server.Refuses = false;

        Assert.Equal(QuoteStreamState.Connected, await Next(_states));
        Assert.True(server.Accepted >= 2);
        Assert.Equal(QuoteStreamState.Connected, stream.State);
    }

    [Fact]
    public async Task Many_subscriptions_are_sent_in_several_short_messages()
    {
        await using var server = await StreamServer.StartAsync();
        await using var running = Run(server, out var stream);

        stream.Subscribe(Enumerable.Range(0, 250).Select(number => $"T{number}"));

        var messages = new[]
        {
            await server.NextMessageAsync(), await server.NextMessageAsync(), await server.NextMessageAsync(),
        };
        Assert.All(messages, message => Assert.True(message.Length < 4096));
        Assert.Contains("\"T249\"", messages[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_subscription_there_is_no_connection()
    {
        await using var server = await StreamServer.StartAsync();
        await using var running = Run(server, out var stream);

        Assert.Equal(QuoteStreamState.Idle, stream.State);
        Assert.Equal(0, server.Accepted);
    }

    [Fact]
    public async Task Subscriptions_that_change_quickly_are_sent_together()
    {
        await using var server = await StreamServer.StartAsync();
        await using var running = Run(server, out var stream);
        stream.Subscribe("FIRST");
        await server.NextMessageAsync();

        foreach (var number in Enumerable.Range(0, 60))
        {
            stream.Subscribe($"T{number}");
        }

        var messages = 0;
        while (!(await server.NextMessageAsync()).Contains("\"T59\"", StringComparison.Ordinal))
        {
            messages++;
        }

        Assert.True(messages < 3, $"{messages} messages before the last");
    }

    [Fact]
    public async Task The_servers_errors_are_reported_with_their_code()
    {
        await using var server = await StreamServer.StartAsync();
        await using var running = Run(server, out var stream);
        stream.Subscribe("ZZZ");
        await server.NextMessageAsync();

        await server.SendAsync("""{"type":"error","code":"unknown_ticker","message":"None such.","ticker":"ZZZ"}""");

        Assert.Equal("unknown_ticker ZZZ", await Next(_errors));
    }

    [Fact]
    public async Task Cancelling_ends_the_stream_without_an_exception()
    {
        await using var server = await StreamServer.StartAsync();
        var running = Run(server, out var stream);
        stream.Subscribe("AAPL");
        Assert.Equal(QuoteStreamState.Connected, await Next(_states));

        await running.DisposeAsync();

        Assert.Equal(QuoteStreamState.Stopped, stream.State);
    }

    [Theory]
    [InlineData("http://localhost:5081", "ws://localhost:5081/ws/web-1")]
    [InlineData("https://api.example.com/", "wss://api.example.com/ws/web-1")]
    public void The_streams_address_follows_the_apis(string api, string expected) =>
        Assert.Equal(new Uri(expected), QuoteStream.UrlOf(new Uri(api), "web-1"));

    private static async Task<T> Next<T>(Channel<T> channel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        return await channel.Reader.ReadAsync(patience.Token);
    }

    private Running Run(StreamServer server, out QuoteStream stream)
    {
        stream = new QuoteStream(new QuoteStreamOptions
        {
            Url = QuoteStream.UrlOf(server.Address, "test"),
            OnUpdate = update => _updates.Writer.TryWrite(update),
            OnStateChanged = (state, _) =>
            {
                if (state is not (QuoteStreamState.Idle or QuoteStreamState.Connecting))
                {
                    _states.Writer.TryWrite(state);
                }
            },
            OnError = (code, _, ticker) => _errors.Writer.TryWrite($"{code} {ticker}"),
            FirstDelay = TimeSpan.FromMilliseconds(20),
            LongestDelay = TimeSpan.FromMilliseconds(100),
        });
        return new Running(stream);
    }

    private sealed class Running : IAsyncDisposable
    {
        private readonly CancellationTokenSource _end = new();
        private readonly Task _task;

        public Running(QuoteStream stream) => _task = stream.RunAsync(_end.Token);

        public async ValueTask DisposeAsync()
        {
            await _end.CancelAsync();
            await _task;
            _end.Dispose();
        }
    }
}

using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;

namespace Trading.Tests.Unit.Api;

public sealed class StreamTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_subscription_is_confirmed_and_followed_by_the_newest_quote_and_then_by_changes()
    {
        await using var host = await ApiHost.StartAsync();
        await host.PublishAsync(10, "T001", "T002");
        using var client = await host.ConnectAsync();

        await client.SendAsync("""{"action":"subscribe","ticker":"t001"}""");
        var subscribed = await client.ReadAsync();
        var first = await client.ReadAsync();
        await host.PublishAsync(11, "T001", "T002");
        var second = await client.ReadAsync();

        Assert.Equal("""{"type":"subscribed","tickers":["T001"]}""", subscribed!.ToJsonString());
        Assert.Equal(("price_update", "T001"), ((string?)first!["type"], (string?)first["ticker"]));
        Assert.Equal(10d, (double)first["price"]!);
        Assert.Equal((11d, 2L), ((double)second!["price"]!, (long)second["seq"]!));
    }

    [Fact]
    public async Task Unsubscribing_ends_the_updates_of_a_ticker()
    {
        await using var host = await ApiHost.StartAsync();
        using var client = await host.ConnectAsync();
        await client.SubscribeAsync("T001", "T002");
        await client.ReadUntilAsync("subscribed");

        await client.SendAsync("""{"action":"unsubscribe","ticker":"T001"}""");
        var unsubscribed = await client.ReadAsync();
        await host.PublishAsync(10, "T001", "T002");

        Assert.Equal("""{"type":"unsubscribed","tickers":["T001"]}""", unsubscribed!.ToJsonString());
        Assert.Equal("T002", (string?)(await client.ReadAsync())!["ticker"]);
    }

    [Fact]
    public async Task An_unknown_ticker_is_named_and_the_others_are_subscribed()
    {
        await using var host = await ApiHost.StartAsync();
        using var client = await host.ConnectAsync();

        await client.SubscribeAsync("NOPE", "T001", "no ticker");

        var unknown = await client.ReadAsync();
        var invalid = await client.ReadAsync();
        Assert.Equal(("unknown_ticker", "NOPE"), ((string?)unknown!["code"], (string?)unknown["ticker"]));
        Assert.Equal(("invalid_ticker", "no ticker"), ((string?)invalid!["code"], (string?)invalid["ticker"]));
        Assert.Equal("""{"type":"subscribed","tickers":["T001"]}""", (await client.ReadAsync())!.ToJsonString());
    }

    [Fact]
    public async Task A_ping_is_answered()
    {
        await using var host = await ApiHost.StartAsync();
        using var client = await host.ConnectAsync();

        await client.SendAsync("""{"action":"ping"}""");

        Assert.True((double)(await client.ReadUntilAsync("pong"))["timestamp"]! > 0);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("""{"action":"fly"}""")]
    [InlineData("""{"action":"resume"}""")]
    public async Task What_is_no_request_is_an_error_and_the_connection_stays(string text)
    {
        await using var host = await ApiHost.StartAsync();
        using var client = await host.ConnectAsync();

        await client.SendAsync(text);
        var error = await client.ReadAsync();
        await client.SendAsync("""{"action":"ping"}""");

        Assert.Equal("invalid_message", (string?)error!["code"]);
        Assert.NotNull(await client.ReadUntilAsync("pong"));
    }

    [Theory]
    [InlineData("""{"action":"subscribe","ticker":"T001","id":"first"}""", "subscribed", "\"first\"")]
    [InlineData("""{"action":"unsubscribe","ticker":"T001","id":7}""", "unsubscribed", "7")]
    [InlineData("""{"action":"ping","id":"a \" and \u00e4"}""", "pong", "\"a \\u0022 and \\u00E4\"")]
    [InlineData("""{"action":"resume","seq":1,"id":1.5}""", "resync_required", "1.5")]
    [InlineData("""{"action":"fly","id":"x"}""", "error", "\"x\"")]
    [InlineData("""{"action":"subscribe","ticker":"NOPE","id":"y"}""", "error", "\"y\"")]
    public async Task An_answer_carries_the_id_of_the_message_and_names_the_connection_s_request(
        string message, string answer, string id)
    {
        const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        await using var host = await ApiHost.StartAsync();
        using var client = await host.ConnectAsync(headers: [
            ("X-Request-ID", "from-the-test"), ("traceparent", $"00-{Trace}-00f067aa0ba902b7-01")]);

        await client.SendAsync(message);
        var answered = await client.ReadUntilAsync(answer);
        await client.SendAsync("""{"action":"ping"}""");
        var next = await client.ReadUntilAsync("pong");

        Assert.Equal(id, answered["id"]?.ToJsonString());
        Assert.Equal(("from-the-test", Trace), ((string?)answered["request_id"], (string?)answered["trace_id"]));
        Assert.Equal(["type", "timestamp"], next.Select(member => member.Key));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("true")]
    [InlineData("\"\\ud800\"")]
    [InlineData("\"12345678901234567890123456789012345678901234567890123456789012345\"")]
    public async Task What_is_no_id_is_an_error_and_not_sent_back(string id)
    {
        await using var host = await ApiHost.StartAsync();
        using var client = await host.ConnectAsync();

        await client.SendAsync($$"""{"action":"ping","id":{{id}}}""");
        var error = (await client.ReadAsync())!;
        await client.SendAsync("""{"action":"ping"}""");

        Assert.Equal("invalid_message", (string?)error["code"]);
        Assert.Null(error["id"]);
        Assert.NotEmpty((string)error["request_id"]!);
        Assert.NotNull(await client.ReadUntilAsync("pong"));
    }

    [Fact]
    public async Task A_close_that_no_message_asked_for_names_the_connection_and_no_message()
    {
        await using var host = await ApiHost.StartAsync(("Stream:SubscribeWithin", "00:00:00.5"));
        using var client = await host.ConnectAsync();

        await client.SendAsync("""{"action":"ping","id":"earlier"}""");
        await client.ReadUntilAsync("pong");
        var error = await client.ReadUntilAsync("error");

        Assert.Equal("no_subscription", (string?)error["code"]);
        Assert.Null(error["id"]);
        Assert.NotEmpty((string)error["trace_id"]!);
    }

    [Fact]
    public async Task Too_many_invalid_messages_close_the_connection()
    {
        await using var host = await ApiHost.StartAsync(("Stream:MaxInvalidMessages", "2"));
        using var client = await host.ConnectAsync();

        for (var i = 0; i < 3; i++)
        {
            await client.SendAsync("x");
        }

        Assert.Equal("invalid_message", await client.ReadToEndAsync());
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, client.CloseStatus);
    }

    [Fact]
    public async Task A_message_that_is_too_big_closes_the_connection()
    {
        await using var host = await ApiHost.StartAsync();
        using var client = await host.ConnectAsync();

        await client.SendAsync(new string('x', 20_000));

        Assert.Equal("message_too_big", await client.ReadToEndAsync());
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, client.CloseStatus);
    }

    [Fact]
    public async Task Too_many_subscriptions_close_the_connection()
    {
        await using var host = await ApiHost.StartAsync(("Stream:MaxSubscriptions", "100"));
        using var client = await host.ConnectAsync();

        await client.SubscribeAsync(ApiHost.Tickers[..100]);
        await client.ReadUntilAsync("subscribed");
        await client.SubscribeAsync(ApiHost.Tickers[100]);

        Assert.Equal("too_many_subscriptions", await client.ReadToEndAsync());
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, client.CloseStatus);
    }

    [Fact]
    public async Task A_flood_of_messages_closes_the_connection()
    {
        await using var host = await ApiHost.StartAsync(("Stream:MaxMessagesPerSecond", "1"));
        using var client = await host.ConnectAsync();

        for (var i = 0; i < 5; i++)
        {
            await client.SendAsync("""{"action":"ping"}""");
        }

        Assert.Equal("too_many_messages", await client.ReadToEndAsync());
    }

    [Fact]
    public async Task A_connection_too_many_is_told_so_and_a_trusted_caller_is_not_counted()
    {
        await using var host = await ApiHost.StartAsync(
            ("Stream:MaxConnectionsPerClient", "1"), ("ServiceKey", "the key"));
        using var first = await host.ConnectAsync();
        await first.SendAsync("""{"action":"ping"}""");
        await first.ReadUntilAsync("pong");
        using var second = await host.ConnectAsync();
        using var trusted = await host.ConnectAsync(serviceKey: "the key");

        Assert.Equal("too_many_connections", await second.ReadToEndAsync());
        await trusted.SendAsync("""{"action":"ping"}""");
        Assert.NotNull(await trusted.ReadUntilAsync("pong"));
    }

    [Fact]
    public async Task A_connection_without_a_subscription_is_closed()
    {
        await using var host = await ApiHost.StartAsync(("Stream:SubscribeWithin", "00:00:00.1"));
        using var client = await host.ConnectAsync();

        Assert.Equal("no_subscription", await client.ReadToEndAsync());
    }

    [Fact]
    public async Task A_page_of_a_foreign_origin_is_refused_at_the_handshake()
    {
        await using var host = await ApiHost.StartAsync(("Stream:AllowedOrigins:0", "https://app.example.com"));

        await Assert.ThrowsAsync<WebSocketException>(() => host.ConnectAsync("https://evil.example.com"));
        await Assert.ThrowsAsync<WebSocketException>(() => host.ConnectAsync("null"));
        (await host.ConnectAsync("https://app.example.com")).Dispose();
        (await host.ConnectAsync($"http://{host.Address.Authority}")).Dispose();
    }

    [Fact]
    public async Task A_server_that_stops_says_so()
    {
        await using var host = await ApiHost.StartAsync();
        using var client = await host.ConnectAsync();
        await client.SubscribeAsync("T001");
        await client.ReadUntilAsync("subscribed");

        var stopping = host.StopAsync();

        Assert.Equal("""{"type":"server_shutdown"}""", (await client.ReadAsync())!.ToJsonString());
        Assert.Null(await client.ReadAsync());
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, client.CloseStatus);
        await stopping;
    }

    [Fact]
    public async Task Resuming_replays_every_update_since_the_frame_last_seen()
    {
        await using var host = await ApiHost.StartAsync();
        host.Feed.MarkComplete();
        foreach (var price in (double[])[10, 11, 12, 13])
        {
            await host.PublishAsync(price, "T001", "T002");
        }

        using var client = await host.ConnectAsync();
        await client.SendAsync("""{"action":"resume","seq":2}""");
        await client.SubscribeAsync("T001");

        Assert.Equal("""{"type":"resumed","seq":4}""", (await client.ReadAsync())!.ToJsonString());
        await client.ReadUntilAsync("subscribed");
        Assert.Equal((11d, 12d, 13d), (await PriceAsync(client), await PriceAsync(client), await PriceAsync(client)));
    }

    [Fact]
    public async Task Resuming_after_subscribing_ends_with_the_newest_quote()
    {
        await using var host = await ApiHost.StartAsync();
        host.Feed.MarkComplete();
        await host.PublishAsync(10, "T001");
        await host.PublishAsync(11, "T001");
        using var client = await host.ConnectAsync();
        await client.SubscribeAsync("T001");
        await client.ReadUntilAsync("subscribed");
        Assert.Equal(11, await PriceAsync(client));

        await client.SendAsync("""{"action":"resume","seq":1}""");

        Assert.Equal((10d, 11d), (await PriceAsync(client), await PriceAsync(client)));
        var rest = await client.ReadAsync();
        Assert.True((string?)rest!["type"] == "resumed" || (double)rest["price"]! == 11);
    }

    [Fact]
    public async Task A_gap_that_cannot_be_replayed_is_said_and_followed_by_the_newest_quotes()
    {
        await using var host = await ApiHost.StartAsync();
        host.Feed.MarkComplete();
        await host.PublishAsync(10, "T001");
        host.Feed.MarkBroken();
        await host.PublishAsync(11, "T001");
        using var client = await host.ConnectAsync();
        await client.SubscribeAsync("T001");
        await client.ReadUntilAsync("price_update");

        await client.SendAsync("""{"action":"resume","seq":1}""");

        var resync = await client.ReadUntilAsync("resync_required");
        Assert.Equal("""{"type":"resync_required","seq":2}""", resync.ToJsonString());
        Assert.Equal(11, await PriceAsync(client));
    }

    [Fact]
    public async Task A_reader_that_falls_behind_gets_the_newest_quote_of_each_ticker_and_never_an_older_one()
    {
        await using var host = await ApiHost.StartAsync();
        using var client = await host.ConnectAsync();
        await client.SubscribeAsync(ApiHost.Tickers);
        await client.ReadUntilAsync("subscribed");

        var last = 0L;
        for (var price = 1; price <= 300; price++)
        {
            last = host.Post(price, ApiHost.Tickers);
        }

        var newest = new Dictionary<string, long>();
        var sequence = 0L;
        while (newest.Count < ApiHost.Tickers.Length || newest.Values.Any(seen => seen < last))
        {
            var update = (await client.ReadAsync())!;
            var seq = (long)update["seq"]!;
            Assert.True(seq >= sequence, "Frames come in order.");
            newest[(string)update["ticker"]!] = sequence = seq;
        }
    }

    [Fact]
    public async Task A_client_that_never_reads_is_cut_and_holds_nobody_up()
    {
        await using var host = await ApiHost.StartAsync(("Stream:WriteTimeout", "00:00:00.5"));
        using var reader = await host.ConnectAsync();
        await reader.SubscribeAsync("T001");
        await reader.ReadUntilAsync("subscribed");
        using var deaf = await DeafClientAsync(host);
        await Eventually.IsTrueAsync(() => Task.FromResult(host.OpenConnections == 2), "both are connected");

        await Eventually.IsTrueAsync(
            async () =>
            {
                for (var i = 0; i < 20; i++)
                {
                    await host.PublishAsync(host.Sequence + 1, ApiHost.Tickers);
                }

                return host.OpenConnections == 1;
            },
            "the deaf client is cut");

        var last = await host.PublishAsync(7, "T001");
        while ((long)(await reader.ReadUntilAsync("price_update"))["seq"]! < last)
        {
        }
    }

    private static async Task<double> PriceAsync(StreamClient client) =>
        (double)(await client.ReadUntilAsync("price_update"))["price"]!;

    private static async Task<Socket> DeafClientAsync(ApiHost host)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.ReceiveBufferSize = 4096;
        await socket.ConnectAsync(IPAddress.Loopback, host.Address.Port, Cancellation);
        var handshake = $"GET /ws/deaf HTTP/1.1\r\nHost: {host.Address.Authority}\r\nConnection: Upgrade\r\n"
            + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        await socket.SendAsync(Encoding.ASCII.GetBytes(handshake), Cancellation);

        var tickers = string.Join(',', ApiHost.Tickers.Select(ticker => $"\"{ticker}\""));
        var message = Encoding.ASCII.GetBytes($$"""{"action":"subscribe","tickers":[{{tickers}}]}""");
        // Masked, as a client's frames are, with a mask of zeros.
        byte[] frame = [0x81, 0xFE, (byte)(message.Length >> 8), (byte)message.Length, 0, 0, 0, 0, .. message];
        await socket.SendAsync(frame, Cancellation);
        return socket;
    }
}

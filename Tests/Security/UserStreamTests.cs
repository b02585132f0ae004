using System.Net;
using System.Net.WebSockets;
using Trading.Contracts;
using Trading.Tests.Integration;
using Trading.Tests.Unit.Api;

namespace Trading.Tests.Security;

[Collection(SystemTests.Name)]
public sealed class UserStreamTests(TradingSystem system)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_ticket_opens_one_connection_and_no_second()
    {
        var user = await system.SignInAsync(Cancellation);
        var ticket = (await user.Api.CreateStreamTicketAsync(Cancellation)).Ticket;

        using var first = new StreamClient(await OpenAsync($"?ticket={ticket}"));

        Assert.Equal("authenticated", (string?)(await first.ReadAsync())!["type"]);
        Assert.Equal(HttpStatusCode.Unauthorized, await RefusalAsync($"?ticket={ticket}"));
    }

    [Fact]
    public async Task A_ticket_that_is_too_old_opens_nothing()
    {
        var user = await system.SignInAsync(Cancellation);
        var ticket = (await user.Api.CreateStreamTicketAsync(Cancellation)).Ticket;
        await using var age = system.Database.CreateCommand(
            "UPDATE stream_tickets SET expires_at = now() - interval '1 ms' WHERE user_id = $1");
        age.Parameters.AddWithValue(user.Id);
        Assert.Equal(1, await age.ExecuteNonQueryAsync(Cancellation));

        Assert.Equal(HttpStatusCode.Unauthorized, await RefusalAsync($"?ticket={ticket}"));
    }

    [Theory]
    [InlineData("?token=nonsense")]
    [InlineData("?ticket=nonsense")]
    public async Task What_lets_nobody_in_is_401(string query) =>
        Assert.Equal(HttpStatusCode.Unauthorized, await RefusalAsync(query));

    [Fact]
    public async Task The_first_message_may_bring_the_token()
    {
        var user = await system.SignInAsync(Cancellation);
        using var client = new StreamClient(await OpenAsync(""));

        await client.SendAsync($$"""{"action":"auth","token":"{{user.Tokens.AccessToken}}","id":1}""");
        var hello = (await client.ReadAsync())!;

        Assert.Equal(("authenticated", 1), ((string?)hello["type"], (int)hello["id"]!));
        Assert.NotEmpty((string)hello["request_id"]!);
        Assert.Matches("^[0-9a-f]{32}$", (string)hello["trace_id"]!);
    }

    [Theory]
    [InlineData("""{"action":"subscribe","ticker":"AAPL"}""")]
    [InlineData("""{"action":"auth","token":"nonsense"}""")]
    [InlineData("""{"action":"auth"}""")]
    public async Task A_stranger_is_told_nothing_and_closed(string message)
    {
        using var client = new StreamClient(await OpenAsync(""));

        await client.SendAsync(message);

        Assert.Equal(ErrorCodes.Unauthorized, await client.ReadToEndAsync());
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, client.CloseStatus);
    }

    [Fact]
    public async Task A_foreign_Origin_is_refused_at_the_handshake()
    {
        var user = await system.SignInAsync(Cancellation);
        var ticket = (await user.Api.CreateStreamTicketAsync(Cancellation)).Ticket;

        Assert.Equal(
            HttpStatusCode.Forbidden, await RefusalAsync($"?ticket={ticket}", origin: "https://evil.example"));
    }

    [Fact]
    public async Task Revoking_a_session_closes_its_sockets_within_60_s()
    {
        var user = await system.SignInAsync(Cancellation);
        var other = await system.SignInAsync(Cancellation);
        using var ends = new StreamClient(await OpenAsync("", user.Tokens.AccessToken));
        using var stays = new StreamClient(await OpenAsync("", other.Tokens.AccessToken));
        await ends.ReadUntilAsync("authenticated");
        await stays.ReadUntilAsync("authenticated");

        await user.Api.LogoutEverywhereAsync(Cancellation);

        Assert.Equal(ErrorCodes.Unauthorized, await ends.ReadToEndAsync());
        await stays.SendAsync("""{"action":"ping"}""");
        await stays.ReadUntilAsync("pong");
    }

    [Fact]
    public async Task A_session_that_ends_while_Redis_says_nothing_is_found_by_asking_the_database()
    {
        var user = await system.SignInAsync(Cancellation);
        using var client = new StreamClient(await OpenAsync("", user.Tokens.AccessToken));
        await client.ReadUntilAsync("authenticated");
        await using var revoke = system.Database.CreateCommand("UPDATE sessions SET revoked_at = now() WHERE user_id = $1");
        revoke.Parameters.AddWithValue(user.Id);

        await revoke.ExecuteNonQueryAsync(Cancellation);

        Assert.Equal(ErrorCodes.Unauthorized, await client.ReadToEndAsync());
    }

    [Fact]
    public async Task A_user_is_told_what_is_meant_for_them_at_every_replica_and_nobody_else_is()
    {
        var (user, other) = (await system.SignInAsync(Cancellation), await system.SignInAsync(Cancellation));
        await using var replica = await ApiReplica.StartAsync(system, Cancellation);
        using var here = new StreamClient(await OpenAsync("", user.Tokens.AccessToken));
        using var there = new StreamClient(await OpenAsync("", user.Tokens.AccessToken, replica.Address));
        using var foreign = new StreamClient(await OpenAsync("", other.Tokens.AccessToken));
        foreach (var client in new[] { here, there, foreign })
        {
            await client.ReadUntilAsync("authenticated");
        }

        await using var feed = await OutsideFeed.ConnectAsync(system);
        await feed.PublishAsync(user.Id, """{"type":"secret","n":1}""");
        await feed.PublishAsync(null, """{"type":"news"}""");

        Assert.Equal(1, (int)(await here.ReadAsync())!["n"]!);
        Assert.Equal(1, (int)(await there.ReadAsync())!["n"]!);
        Assert.Equal("news", (string?)(await here.ReadAsync())!["type"]);
        Assert.Equal("news", (string?)(await foreign.ReadAsync())!["type"]);
    }

    private async Task<HttpStatusCode> RefusalAsync(string query, string? origin = null)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }

        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(Url(query, null), Cancellation));
        return socket.HttpStatusCode;
    }

    private async Task<ClientWebSocket> OpenAsync(string query, string? token = null, Uri? replica = null)
    {
        var socket = new ClientWebSocket();
        if (token is not null)
        {
            socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        }

        await socket.ConnectAsync(Url(query, replica), Cancellation);
        return socket;
    }

    private Uri Url(string query, Uri? replica) => new(UserStream.UrlOf(replica ?? system.ApiAddress) + query);
}

using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Trading.ApiService.Audit;
using Trading.ApiService.Limits;
using Trading.Data;
using Trading.Data.Audit;
using Trading.Tests.Integration;

namespace Trading.Tests.Security;

/// <summary>Texts of strangers whose cut end, or whose whole, no database holds.</summary>
[Collection(SystemTests.Name)]
public sealed class HalfCharacterTests(TradingSystem system)
{
    // 200 UTF-16 units are kept: the 200th is the first half of this one.
    private static readonly string _long = new string('a', 199) + "\U0001F600" + "b";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_device_an_address_and_a_browser_with_half_a_character_at_the_end_are_cut_before_it()
    {
        var user = await system.SignInAsync(Cancellation);
        using var own = user.Http;
        using var http = Browser("192.0.2.31");

        using var login = await http.PostAsJsonAsync(
            "/api/v1/auth/login", new { email = user.Email, password = user.Password, device = _long }, Cancellation);
        using var stranger = await http.PostAsJsonAsync(
            "/api/v1/auth/login", new { email = _long, password = user.Password }, Cancellation);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (login.StatusCode, stranger.StatusCode));
        var sessions = await user.Api.ListSessionsAsync(Cancellation);
        Assert.Contains(sessions, session => session.Device == new string('a', 199));
    }

    [Fact]
    public async Task A_flood_from_a_browser_with_half_a_character_at_the_end_does_not_stop_the_audit_trail()
    {
        using var http = Browser("192.0.2.32");
        using var others = system.From("192.0.2.33");
        foreach (var flooding in new[] { http, others })
        {
            for (var attempt = 0; attempt < 6; attempt++)
            {
                await flooding.TryLoginAsync($"flood@{flooding.GetHashCode()}.example.com", "not the password", Cancellation);
            }
        }

        await Eventually.IsTrueAsync(
            async () => await CountAsync("address IN ('192.0.2.32', '192.0.2.33') AND action = 'throttled'") >= 2,
            "both are in the trail");
    }

    [Fact]
    public async Task An_event_that_cannot_be_stored_does_not_hold_up_those_behind_it()
    {
        var connection = await system.ConnectionStringAsync("tradingdb");
        await using var services = new ServiceCollection().AddLogging().AddTradingData(_ => connection).BuildServiceProvider();
        using var trail = new AuditTrail(
            services.GetRequiredService<AuditStore>(),
            new TrustedCaller(new ConfigurationBuilder().Build()),
            TimeProvider.System,
            NullLogger<AuditTrail>.Instance);
        var subject = Guid.NewGuid().ToString();
        trail.Record(
            new DefaultHttpContext { TraceIdentifier = "\uD83D" }, new AuditEvent("test", AuditOutcome.Denied, Subject: subject));
        trail.Record(
            new DefaultHttpContext { TraceIdentifier = "whole" }, new AuditEvent("test", AuditOutcome.Denied, Subject: subject));

        await trail.StartAsync(Cancellation);
        await Eventually.IsTrueAsync(async () => await CountAsync($"subject = '{subject}'") == 1, "the second is stored");
        await trail.StopAsync(Cancellation);

        Assert.Equal(1, await CountAsync($"subject = '{subject}' AND request_id = 'whole'"));
    }

    private HttpClient Browser(string address)
    {
        var http = new HttpClient(new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 })
        {
            BaseAddress = system.ApiAddress,
        };
        http.DefaultRequestHeaders.Add("X-Service-Key", TradingSystem.ServiceKey);
        http.DefaultRequestHeaders.Add("X-Client-Address", address);
        http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", _long);
        return http;
    }

    private async Task<long> CountAsync(string condition)
    {
        await using var command = system.Database.CreateCommand($"SELECT count(*) FROM audit_events WHERE {condition}");
        return (long)(await command.ExecuteScalarAsync(Cancellation))!;
    }
}

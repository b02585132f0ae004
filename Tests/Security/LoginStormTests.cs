using System.Net.Http.Json;
using Trading.Tests.Integration;

namespace Trading.Tests.Security;

[Collection(SystemTests.Name)]
public sealed class LoginStormTests(TradingSystem system)
{
    private const int Logins = 50;
    private const int Quotes = 200;

    private int _answered;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>
    /// By order, not by the clock: 50 logins are seconds of hashing, one after the other; 200 quotes are served in between.
    /// </summary>
    [Fact]
    public async Task Fifty_parallel_logins_do_not_hold_the_quotes_up()
    {
        await using var replica = await ApiReplica.StartAsync(system, Cancellation);
        using var http = new HttpClient { BaseAddress = replica.Address };
        var quote = $"/api/v1/quotes/{await system.AnyTickerAsync(Cancellation)}";
        await Eventually.IsTrueAsync(async () => await IsServedAsync(http, quote), "the replica has quotes");

        var logins = Enumerable.Range(1, Logins).Select(stranger => LogInAsync(replica.Address, stranger)).ToArray();
        for (var served = 0; served < Quotes; served++)
        {
            Assert.True(await IsServedAsync(http, quote), "A quote is served.");
        }

        var meanwhile = Volatile.Read(ref _answered);
        await Task.WhenAll(logins);

        Assert.InRange(meanwhile, 0, Logins - 1);
    }

    private async Task LogInAsync(Uri address, int stranger)
    {
        using var http = new HttpClient { BaseAddress = address };
        // Each from an address and for an account of its own, or the throttle would answer before any work is done.
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/auth/login")
        {
            Content = JsonContent.Create(new { email = $"storm{stranger}@example.com", password = "four words of nobody" }),
        };
        request.Headers.Add("X-Service-Key", TradingSystem.ServiceKey);
        request.Headers.Add("X-Client-Address", $"2001:db8:{stranger:x}::1");
        using var answer = await http.SendAsync(request, Cancellation);
        Assert.Equal(401, (int)answer.StatusCode);
        Interlocked.Increment(ref _answered);
    }

    private static async Task<bool> IsServedAsync(HttpClient http, string quote)
    {
        using var answer = await http.GetAsync(quote, Cancellation);
        return answer.IsSuccessStatusCode;
    }
}

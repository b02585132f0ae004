using System.Net.Http.Json;
using System.Security.Cryptography;
using Trading.Benchmarks.Reporting;
using Trading.Benchmarks.Running;

namespace Trading.Benchmarks.Quotes;

/// <summary>
/// What logins do to quotes: the quote's 99th percentile while 50 logins are answered at any moment, each hashing a
/// password, against the same without any. At a fixed rate, and for information also with all the machine can do, where
/// whatever else runs shows.
/// </summary>
internal sealed class LoginStormScenario : IScenario
{
    private const int Rounds = 5;
    private const int Logins = 50;
    private const int Connections = 4;
    private const double MostTimes = 2;

    private long _stranger;

    public string Name => "logins";

    public async Task<IReadOnlyList<Measurement>> RunAsync(Repository repository, CancellationToken cancellationToken)
    {
        Tools.Find(Wrk.Program);
        var serviceKey = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
        await using var system = await TradingSystem.StartAsync(
            repository,
            ["apiservice", "pricingworker"],
            [
                "--Services:apiservice:RateLimit:RequestsPerMinute=1000000000",
                $"--Services:apiservice:ServiceKey={serviceKey}",
            ],
            cancellationToken);
        var address = system.Endpoints.Url("apiservice");
        var api = new ApiProbe(address);
        var tickers = await api.QuotedTickersAsync(1, cancellationToken);
        var quote = api.QuoteUrl(tickers[0]);
        using var http = new HttpClient { BaseAddress = address };
        http.DefaultRequestHeaders.Add("X-Service-Key", serviceKey);
        var calm = new PacedRounds("quotes alone", quote);
        var storm = new PacedRounds("quotes beside logins", quote);
        var fullCalm = new WrkRounds("all it can, alone", quote, Connections);
        var fullStorm = new WrkRounds("all it can, logins", quote, Connections);
        await fullCalm.WarmUpAsync(cancellationToken);
        await calm.WarmUpAsync(cancellationToken);
        await StormAsync(http, storm.WarmUpAsync, cancellationToken);
        var answered = 0;
        for (var round = 0; round < Rounds; round++)
        {
            await calm.RunAsync(cancellationToken);
            answered += await StormAsync(http, storm.RunAsync, cancellationToken);
            await fullCalm.RunAsync(cancellationToken);
            await StormAsync(http, fullStorm.RunAsync, cancellationToken);
        }

        return
        [
            new(Name, $"p99 of {PacedRounds.PerSecond} quotes/s while 50 log in", "ms", storm.P99Milliseconds)
            {
                Peer = calm.P99Milliseconds,
                PeerName = "none logs in",
                Required = Requirement.AtMost(MostTimes),
            },
            new(Name, "logins answered", "/s", answered / (double)(Rounds * PacedRounds.Seconds)),
            new(Name, "p99 of all the quotes it can while 50 log in", "ms", fullStorm.P99Milliseconds)
            {
                Peer = fullCalm.P99Milliseconds,
                PeerName = "none logs in",
            },
        ];
    }

    /// <summary>Keeps 50 logins under way while something else is done; how many were answered.</summary>
    private async Task<int> StormAsync(
        HttpClient http, Func<CancellationToken, Task> meanwhile, CancellationToken cancellationToken)
    {
        using var calm = new CancellationTokenSource();
        var clients = Enumerable.Range(0, Logins)
            .Select(_ => LogInUntilAsync(http, calm.Token, cancellationToken))
            .ToArray();
        await meanwhile(cancellationToken);
        await calm.CancelAsync();
        return (await Task.WhenAll(clients)).Sum();
    }

    private async Task<int> LogInUntilAsync(HttpClient http, CancellationToken calm, CancellationToken cancellationToken)
    {
        var answered = 0;
        for (; !calm.IsCancellationRequested; answered++)
        {
            await LogInAsync(http, cancellationToken);
        }

        return answered;
    }

    private async Task LogInAsync(HttpClient http, CancellationToken cancellationToken)
    {
        // Each from an address and for an account of its own, or the throttle would answer before any work is done.
        var stranger = Interlocked.Increment(ref _stranger);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/auth/login")
        {
            Content = JsonContent.Create(new { email = $"storm{stranger}@example.com", password = "four words of nobody" }),
        };
        request.Headers.Add("X-Client-Address", $"2001:db8:{stranger >> 16:x}:{stranger & 0xffff:x}::1");
        using var answer = await http.SendAsync(request, cancellationToken);
        if ((int)answer.StatusCode != 401)
        {
            throw new InvalidOperationException($"A login of nobody was answered with {(int)answer.StatusCode}.");
        }
    }
}

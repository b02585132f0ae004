using System.Globalization;
using Trading.Benchmarks.Quotes;
using Trading.Benchmarks.Reporting;
using Trading.Benchmarks.Running;

namespace Trading.Benchmarks.Faults;

/// <summary>What requests wait while Redis is stopped, beside what they wait while it is there. Every answer has to be 200.</summary>
internal sealed class RedisFaultScenario : IScenario
{
    private const int WarmUps = 2;
    private const int Rounds = 3;
    private const double MostTimes = 2;

    public string Name => "redis";

    public async Task<IReadOnlyList<Measurement>> RunAsync(Repository repository, CancellationToken cancellationToken)
    {
        var port = Loopback.FreePort();
        await using var redis = StartRedis(port);
        await Loopback.WaitAsync(port, redis, cancellationToken);
        await using var system = await TradingSystem.StartAsync(
            repository,
            ["apiservice", "pricingworker"],
            [
                "--Services:apiservice:RateLimit:RequestsPerMinute=1000000000",
                .. Services(port, "apiservice", "pricingworker"),
            ],
            cancellationToken);
        var address = system.Endpoints.Url("apiservice");
        var api = new ApiProbe(address);
        var quote = api.QuoteUrl((await api.QuotedTickersAsync(1, cancellationToken))[0]);
        var page = new Uri(address, "/api/v1/instruments?country=US&limit=20");
        PacedRounds[] with = [new("quotes", quote), new("cached reads", page)];
        PacedRounds[] without = [new("quotes, no Redis", quote), new("cached, no Redis", page)];
        for (var round = 0; round < WarmUps; round++)
        {
            await with[0].WarmUpAsync(cancellationToken);
            await with[1].WarmUpAsync(cancellationToken);
        }

        await RunAsync(with, cancellationToken);
        Signals.Send(redis.Id, Signals.Terminate);
        await redis.WaitAsync(cancellationToken);
        await RunAsync(without, cancellationToken);
        return [Compare("quotes", with[0], without[0]), Compare("cached reads", with[1], without[1])];
    }

    private static async Task RunAsync(PacedRounds[] all, CancellationToken cancellationToken)
    {
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var rounds in all)
            {
                await rounds.RunAsync(cancellationToken);
            }
        }
    }

    private static ChildProcess StartRedis(int port) => ChildProcess.Start(
        Tools.Find("redis-server"),
        [
            "--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no",
        ]);

    private static IEnumerable<string> Services(int port, params string[] services) => services.Select(service =>
        string.Create(CultureInfo.InvariantCulture, $"--Services:{service}:ConnectionStrings:cache=127.0.0.1:{port}"));

    private Measurement Compare(string what, PacedRounds with, PacedRounds without) =>
        new(Name, $"p99 of {PacedRounds.PerSecond} {what}/s while Redis is stopped", "ms", without.P99Milliseconds)
        {
            Peer = with.P99Milliseconds,
            PeerName = "Redis is there",
            Required = Requirement.AtMost(MostTimes),
        };
}

using Trading.Benchmarks.Reporting;
using Trading.Benchmarks.Running;

namespace Trading.Benchmarks.Quotes;

/// <summary>
/// Quotes over HTTP, with everything on as shipped, against the peer without its limiter and against Kestrel alone; and
/// once more with logs, metrics and traces going to a collector.
/// </summary>
internal sealed class QuotesScenario : IScenario
{
    private const int Rounds = 3;
    private const int BatchSize = 30;

    public string Name => "quotes";

    public async Task<IReadOnlyList<Measurement>> RunAsync(Repository repository, CancellationToken cancellationToken)
    {
        Tools.Find(Wrk.Program);
        QuotesPeer.Path(repository);
        var servers = await MeasureAsync(repository, cancellationToken);
        var observed = await MeasureObservedAsync(repository, cancellationToken);
        return
        [
            Rate("GET /quotes/{ticker}", servers.Quote, servers.PeerQuote, "FastAPI", 8),
            Rate("GET /quotes/{ticker}", servers.Quote, servers.Bare, "bare Kestrel", 0.5),
            new(Name, "GET /quotes/{ticker}, p99", "ms", servers.Quote.P99Milliseconds) { Required = Requirement.AtMost(5) },
            Rate($"batch of {BatchSize}", servers.Batch, servers.PeerBatch, "FastAPI", 20),
            Rate("GET /quotes/{ticker}, telemetry collected", observed, servers.PeerQuote, "FastAPI", null),
        ];
    }

    private static async Task<Servers> MeasureAsync(Repository repository, CancellationToken cancellationToken)
    {
        await using var system = await StartAsync(repository, [], cancellationToken);
        var api = new ApiProbe(system.Endpoints.Url("apiservice"));
        var tickers = await api.QuotedTickersAsync(BatchSize, cancellationToken);

        using var folder = new TempFolder();
        var body = folder.Of("body");
        await File.WriteAllBytesAsync(body, await api.QuoteAsync(tickers[0], cancellationToken), cancellationToken);
        var (peerPort, barePort) = (Loopback.FreePort(), Loopback.FreePort());
        await using var peer = await QuotesPeer.StartAsync(
            repository, system.Endpoints.ConnectionString("cache"), peerPort, cancellationToken);
        await using var bare = await BareKestrel.StartAsync(repository, barePort, body, cancellationToken);

        var servers = new Servers(
            new("quote, ours", api.QuoteUrl(tickers[0])),
            new("quote, peer", new Uri($"http://127.0.0.1:{peerPort}/api/v1/quotes/S0001")),
            new("quote, bare Kestrel", new Uri($"http://127.0.0.1:{barePort}/")),
            new($"batch of {BatchSize}, ours", api.BatchUrl(tickers.Take(BatchSize))),
            new(
                $"batch of {BatchSize}, peer",
                new Uri($"http://127.0.0.1:{peerPort}/api/v1/quotes?symbols={QuotesPeer.Symbols(BatchSize)}")));
        await RunAsync(
            [servers.Quote, servers.PeerQuote, servers.Bare, servers.Batch, servers.PeerBatch], cancellationToken);
        return servers;
    }

    private static async Task<WrkRounds> MeasureObservedAsync(Repository repository, CancellationToken cancellationToken)
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.Of("body"), "{}", cancellationToken);
        var port = Loopback.FreePort();
        await using var collector = await BareKestrel.StartAsync(repository, port, folder.Of("body"), cancellationToken);
        await using var system = await StartAsync(
            repository,
            [
                $"--Services:apiservice:OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:{port}",
                "--Services:apiservice:OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf",
            ],
            cancellationToken);
        var api = new ApiProbe(system.Endpoints.Url("apiservice"));
        var tickers = await api.QuotedTickersAsync(1, cancellationToken);
        var observed = new WrkRounds("quote, collected", api.QuoteUrl(tickers[0]));
        await RunAsync([observed], cancellationToken);
        return observed;
    }

    private static Task<TradingSystem> StartAsync(
        Repository repository, string[] settings, CancellationToken cancellationToken) => TradingSystem.StartAsync(
        repository,
        ["apiservice", "pricingworker"],
        ["--Services:apiservice:RateLimit:RequestsPerMinute=1000000000", .. settings],
        cancellationToken);

    private static async Task RunAsync(WrkRounds[] servers, CancellationToken cancellationToken)
    {
        foreach (var server in servers)
        {
            await server.WarmUpAsync(cancellationToken);
        }

        for (var round = 0; round < Rounds; round++)
        {
            foreach (var server in servers)
            {
                await server.RunAsync(cancellationToken);
            }
        }
    }

    private Measurement Rate(string what, WrkRounds ours, WrkRounds peer, string peerName, double? required) =>
        new(Name, what, "requests/s", ours.RequestsPerSecond)
        {
            Peer = peer.RequestsPerSecond,
            PeerName = peerName,
            Required = required is { } limit ? Requirement.AtLeast(limit) : null,
        };

    private sealed record Servers(
        WrkRounds Quote, WrkRounds PeerQuote, WrkRounds Bare, WrkRounds Batch, WrkRounds PeerBatch);
}

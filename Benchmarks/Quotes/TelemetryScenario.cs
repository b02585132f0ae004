using Trading.Benchmarks.Reporting;
using Trading.Benchmarks.Running;

namespace Trading.Benchmarks.Quotes;

/// <summary>
/// What logs, metrics and traces cost a quote: a system with all of them, each request traced and sent to a collector
/// that discards it, against one with none. Both run the whole time and are asked in turn: over 32 connections for how
/// many they answer, and over one for what a request takes, as otherwise it waits for the 31 others.
/// </summary>
internal sealed class TelemetryScenario : IScenario
{
    private const int Rounds = 5;
    private const int Many = 32;
    private const double LeastShare = 0.9;
    private const double MostMilliseconds = 0.2;

    public string Name => "telemetry";

    public async Task<IReadOnlyList<Measurement>> RunAsync(Repository repository, CancellationToken cancellationToken)
    {
        Tools.Find(Wrk.Program);
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.Of("body"), "{}", cancellationToken);
        var port = Loopback.FreePort();
        await using var collector = await BareKestrel.StartAsync(repository, port, folder.Of("body"), cancellationToken);
        await using var observed = await StartAsync(
            repository,
            [
                $"--Services:apiservice:OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:{port}",
                "--Services:apiservice:OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf",
            ],
            cancellationToken);
        await using var silent = await StartAsync(
            repository,
            ["--Services:apiservice:Telemetry:Enabled=false", "--Services:apiservice:Logging:LogLevel:Default=None"],
            cancellationToken);
        var on = await ServerAsync("telemetry on", observed, Many, cancellationToken);
        var off = await ServerAsync("telemetry off", silent, Many, cancellationToken);
        await RunAsync(on, off, cancellationToken);
        var oneOn = await ServerAsync("on, one connection", observed, 1, cancellationToken);
        var oneOff = await ServerAsync("off, one connection", silent, 1, cancellationToken);
        await RunAsync(oneOn, oneOff, cancellationToken);
        return
        [
            new(Name, "GET /quotes/{ticker}, telemetry on", "requests/s", on.RequestsPerSecond)
            {
                Peer = off.RequestsPerSecond,
                PeerName = "off",
                Required = Requirement.AtLeast(LeastShare),
            },
            new(Name, "added to the p99 of one connection", "ms", oneOn.P99Milliseconds - oneOff.P99Milliseconds)
            {
                Required = Requirement.AtMost(MostMilliseconds),
            },
        ];
    }

    private static Task<TradingSystem> StartAsync(
        Repository repository, string[] settings, CancellationToken cancellationToken) => TradingSystem.StartAsync(
        repository,
        ["apiservice", "pricingworker"],
        ["--Services:apiservice:RateLimit:RequestsPerMinute=1000000000", .. settings],
        cancellationToken);

    private static async Task<WrkRounds> ServerAsync(
        string name, TradingSystem system, int connections, CancellationToken cancellationToken)
    {
        var api = new ApiProbe(system.Endpoints.Url("apiservice"));
        var tickers = await api.QuotedTickersAsync(1, cancellationToken);
        return new WrkRounds(name, api.QuoteUrl(tickers[0]), connections);
    }

    private static async Task RunAsync(WrkRounds on, WrkRounds off, CancellationToken cancellationToken)
    {
        await on.WarmUpAsync(cancellationToken);
        await off.WarmUpAsync(cancellationToken);
        for (var round = 0; round < Rounds; round++)
        {
            // Which comes first changes, so that a drift of the machine favours neither.
            foreach (var server in round % 2 == 0 ? new[] { on, off } : [off, on])
            {
                await server.RunAsync(cancellationToken);
            }
        }
    }
}

using Trading.Benchmarks.Reporting;
using Trading.Benchmarks.Running;

namespace Trading.Benchmarks.Quotes;

/// <summary>
/// What logs, metrics and traces cost a quote: a system with all of them, each request traced and sent to a collector
/// that discards it, against one with none. Both run the whole time and are asked in turn: over 32 connections for how
/// many they answer, and over one, request by request, for what a request takes, as otherwise it waits for the 31 others.
/// </summary>
internal sealed class TelemetryScenario : IScenario
{
    // Many short ones in turn: a machine that is shared with others changes by a third from one minute to the next.
    private const int Rounds = 20;
    private const int Seconds = 3;
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
        var on = new WrkRounds("telemetry on", await QuoteAsync(observed, cancellationToken), Many, Seconds);
        var off = new WrkRounds("telemetry off", await QuoteAsync(silent, cancellationToken), Many, Seconds);
        await RunAsync(on, off, cancellationToken);
        var one = new AlternatingConnections(
            await QuoteAsync(observed, cancellationToken), await QuoteAsync(silent, cancellationToken));
        await one.RunAsync(cancellationToken);
        var (withIt, without) = one.P99Milliseconds;
        return
        [
            new(Name, "GET /quotes/{ticker}, telemetry on", "requests/s", on.RequestsPerSecond)
            {
                Peer = off.RequestsPerSecond,
                PeerName = "off",
                Required = Requirement.AtLeast(LeastShare),
            },
            new(Name, "p99 of one connection, telemetry on", "ms", withIt) { Peer = without, PeerName = "off" },
            new(Name, "added to the p99 of one connection", "ms", withIt - without)
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

    private static async Task<Uri> QuoteAsync(TradingSystem system, CancellationToken cancellationToken)
    {
        var api = new ApiProbe(system.Endpoints.Url("apiservice"));
        var tickers = await api.QuotedTickersAsync(1, cancellationToken);
        return api.QuoteUrl(tickers[0]);
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

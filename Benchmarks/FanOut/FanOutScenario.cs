using System.Globalization;
using Trading.Benchmarks.Reporting;
using Trading.Benchmarks.Running;

namespace Trading.Benchmarks.FanOut;

/// <summary>
/// 500 subscribers of 20 tickers that tick ten times a second: ours along the whole path from the source through Redis,
/// the peer from its own timer; the same client for both, one after the other.
/// </summary>
internal sealed class FanOutScenario : IScenario
{
    private const string Api = "apiservice";
    private const string Worker = "pricingworker";
    private const string Redis = "cache";
    private const string Peer = "peer";

    public string Name => "fanout";

    public async Task<IReadOnlyList<Measurement>> RunAsync(Repository repository, CancellationToken cancellationToken)
    {
        FanOutPeer.Path(repository);
        var ours = await MeasureOursAsync(repository, cancellationToken);
        Show("ours", ours);
        var peer = await MeasurePeerAsync(repository, cancellationToken);
        Show("ws on Node.js", peer);
        return Measurements(ours, peer);
    }

    private static async Task<LoadResult> MeasureOursAsync(Repository repository, CancellationToken cancellationToken)
    {
        await using var system = await TradingSystem.StartAsync(
            repository,
            [Api, Worker],
            [
                $"--Services:{Worker}:Quotes:TicksPerSecond={FanOutPeer.TicksPerSecond}",
                $"--Services:{Worker}:Quotes:ChangeShare=1",
                $"--Services:{Worker}:Quotes:Limit={FanOutPeer.Tickers}",
                $"--Services:{Api}:RateLimit:RequestsPerMinute=1000000000",
            ],
            cancellationToken);
        var api = system.Endpoints.Url(Api);
        var tickers = await new ApiProbe(api).QuotedTickersAsync(FanOutPeer.Tickers, cancellationToken);
        var plan = new LoadPlan(api.Port, "/ws/bench-{id}", [.. tickers.Take(FanOutPeer.Tickers)])
        {
            Processes = new[] { Api, Worker, Redis }.ToDictionary(name => name, system.Endpoints.ProcessId),
        };
        return await LoadClient.MeasureAsync(repository, plan, cancellationToken);
    }

    private static async Task<LoadResult> MeasurePeerAsync(Repository repository, CancellationToken cancellationToken)
    {
        await using var peer = await FanOutPeer.StartAsync(repository, cancellationToken);
        var tickers = Enumerable.Range(0, FanOutPeer.Tickers).Select(index => $"S{index:D4}");
        var plan = new LoadPlan(peer.Port, "/", [.. tickers])
        {
            Processes = new() { [Peer] = peer.ProcessId },
        };
        return await LoadClient.MeasureAsync(repository, plan, cancellationToken);
    }

    private IReadOnlyList<Measurement> Measurements(LoadResult ours, LoadResult peer)
    {
        var plan = new LoadPlan(0, string.Empty, []);
        var due = plan.Connections * plan.TickersEach * FanOutPeer.TicksPerSecond;
        return
        [
            new(Name, "messages per CPU second of the server", string.Empty, ours.PerCpuSecond(Api))
            {
                Peer = peer.PerCpuSecond(Peer),
                PeerName = "ws on Node.js",
                Required = Requirement.AtLeast(3),
            },
            new(Name, "p99 latency, source to client", "ms", ours.P99Milliseconds) { Required = Requirement.AtMost(100) },
            new(Name, "share of the messages due that came", string.Empty, ours.PerSecond / due)
            {
                Required = Requirement.AtLeast(0.98),
            },
            new(Name, "p99 latency of the peer", "ms", peer.P99Milliseconds),
            new(Name, "share of the peer's messages due that came", string.Empty, peer.PerSecond / due),
            new(Name, "CPU of ApiService", "s/s", ours.CpuSeconds[Api] / ours.Seconds),
            new(Name, "CPU of PricingWorker", "s/s", ours.CpuSeconds[Worker] / ours.Seconds),
            new(Name, "CPU of Redis", "s/s", ours.CpuSeconds[Redis] / ours.Seconds),
        ];
    }

    private static void Show(string name, LoadResult result) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-14} {result.PerSecond,8:0} messages/s, latency p50 {result.P50Milliseconds:0.0} ms, "
        + $"p99 {result.P99Milliseconds:0.0} ms, max {result.MaxMilliseconds:0.0} ms, {result.Lost} connections lost, "
        + $"CPU/s: {string.Join(", ", result.CpuSeconds.Select(cpu => string.Create(CultureInfo.InvariantCulture, $"{cpu.Key} {cpu.Value / result.Seconds:0.00}")))}"
        + $", client {result.ClientCpuSeconds / result.Seconds:0.00}"));
}

using System.Globalization;
using Trading.Benchmarks.Reporting;

namespace Trading.Benchmarks.Quotes;

/// <summary>The runs of wrk against one server; its figures are the medians.</summary>
internal sealed class WrkRounds(string name, Uri url, int connections = 32, int seconds = WrkRounds.Seconds)
{
    public const int Seconds = 10;

    private const int WarmUpSeconds = 6;

    private readonly List<Wrk> _runs = [];

    public double RequestsPerSecond => _runs.Select(run => run.RequestsPerSecond).Median();

    public double P99Milliseconds => _runs.Select(run => run.P99Milliseconds).Median();

    public Task WarmUpAsync(CancellationToken cancellationToken) =>
        Wrk.RunAsync(url, WarmUpSeconds, cancellationToken, connections);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var run = await Wrk.RunAsync(url, seconds, cancellationToken, connections);
        _runs.Add(run);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-22} {run.RequestsPerSecond,9:0} requests/s, p99 {run.P99Milliseconds:0.00} ms"));
    }
}

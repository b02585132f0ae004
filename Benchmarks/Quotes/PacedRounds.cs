using System.Diagnostics;
using System.Globalization;
using Trading.Benchmarks.Reporting;

namespace Trading.Benchmarks.Quotes;

/// <summary>
/// Runs of requests that come at a fixed rate, whether or not those before are answered, as many users send them; wrk
/// sends the next when it has an answer, as fast as the machine goes.
/// </summary>
internal sealed class PacedRounds(string name, Uri url)
{
    public const int PerSecond = 1000;
    public const int Seconds = 10;

    private const int Connections = 8;
    private const double Percentile = 0.99;

    private readonly List<double> _p99 = [];

    public double P99Milliseconds => _p99.Median();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var p99 = await MeasureAsync(cancellationToken);
        _p99.Add(p99);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{name,-22} {PerSecond,9} requests/s, p99 {p99:0.00} ms"));
    }

    public Task WarmUpAsync(CancellationToken cancellationToken) => MeasureAsync(cancellationToken);

    private async Task<double> MeasureAsync(CancellationToken cancellationToken)
    {
        var milliseconds = new double[PerSecond * Seconds];
        var startedAt = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(connection => Task.Factory.StartNew(
            () => Ask(milliseconds, connection, startedAt, cancellationToken),
            cancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));
        Array.Sort(milliseconds);
        return milliseconds[(int)(milliseconds.Length * Percentile)];
    }

    // A request that is due while the one before is not answered has waited since it was due.
    private void Ask(double[] milliseconds, int first, long startedAt, CancellationToken cancellationToken)
    {
        using var connection = new PacedConnection(url);
        for (var request = first; request < milliseconds.Length; request += Connections)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var due = TimeSpan.FromSeconds(request / (double)PerSecond);
            var asked = due;
            if (Stopwatch.GetElapsedTime(startedAt) is var now && now < due)
            {
                cancellationToken.WaitHandle.WaitOne(due - now);
                asked = Stopwatch.GetElapsedTime(startedAt);
            }

            connection.Ask();
            milliseconds[request] = (Stopwatch.GetElapsedTime(startedAt) - asked).TotalMilliseconds;
        }
    }
}

using System.Diagnostics;
using System.Globalization;

namespace Trading.Benchmarks.Quotes;

/// <summary>
/// Two servers asked in turn, request by request, by one thread over a connection to each: what disturbs the machine
/// disturbs both alike, so that a difference far below its noise shows.
/// </summary>
internal sealed class AlternatingConnections(Uri first, Uri second)
{
    private const int WarmUpSeconds = 6;
    private const int Seconds = 100;
    private const double Percentile = 0.99;

    private readonly List<double> _first = [];
    private readonly List<double> _second = [];

    /// <summary>The 99th percentiles of what a request of each took, in milliseconds.</summary>
    public (double First, double Second) P99Milliseconds => (At(_first, Percentile), At(_second, Percentile));

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await AskAsync(WarmUpSeconds, cancellationToken);
        _first.Clear();
        _second.Clear();
        await AskAsync(Seconds, cancellationToken);
        _first.Sort();
        _second.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"in turn, {_first.Count} requests each: median {At(_first, 0.5):0.000} and {At(_second, 0.5):0.000} ms, "
            + $"p99 {P99Milliseconds.First:0.00} and {P99Milliseconds.Second:0.00} ms"));
    }

    private static double At(List<double> sorted, double share) => sorted[(int)(sorted.Count * share)];

    private Task AskAsync(int seconds, CancellationToken cancellationToken) => Task.Factory.StartNew(
        () =>
        {
            using var one = new PacedConnection(first);
            using var other = new PacedConnection(second);
            var startedAt = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(startedAt).TotalSeconds < seconds)
            {
                cancellationToken.ThrowIfCancellationRequested();
                _first.Add(Milliseconds(one));
                _second.Add(Milliseconds(other));
            }
        },
        cancellationToken,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    private static double Milliseconds(PacedConnection connection)
    {
        var askedAt = Stopwatch.GetTimestamp();
        connection.Ask();
        return Stopwatch.GetElapsedTime(askedAt).TotalMilliseconds;
    }
}

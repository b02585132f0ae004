using System.Diagnostics;
using System.Globalization;
using System.Net;
using Trading.Benchmarks.Reporting;
using Trading.Benchmarks.Running;

namespace Trading.Benchmarks.StartUp;

/// <summary>
/// `dotnet dev.cs up` until the page answers: once with nothing there, then three times with the data kept. Each is ended
/// with Ctrl-C, and must leave no process.
/// </summary>
internal sealed class StartScenario : IScenario
{
    private const int Rounds = 3;
    private const double MostSeconds = 15;
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan _between = TimeSpan.FromMilliseconds(50);

    public string Name => "start";

    public async Task<IReadOnlyList<Measurement>> RunAsync(Repository repository, CancellationToken cancellationToken)
    {
        using var folder = new TempFolder();
        var starts = new List<Start>();
        for (var round = 0; round <= Rounds; round++)
        {
            starts.Add(await MeasureAsync(repository, folder, cancellationToken));
        }

        return
        [
            new(Name, "dev.cs up until the page answers", "s", starts.Skip(1).Select(start => start.Seconds).Median())
            {
                Required = Requirement.AtMost(MostSeconds),
            },
            new(Name, "the first start, with a new database", "s", starts[0].Seconds)
            {
                Required = Requirement.AtMost(MostSeconds),
            },
            new(Name, "Ctrl-C until it is gone", "s", starts.Select(start => start.StopSeconds).Median()),
            new(Name, "processes left behind", string.Empty, starts.Sum(start => start.Left))
            {
                Required = Requirement.AtMost(0),
            },
        ];
    }

    private static async Task<Start> MeasureAsync(
        Repository repository, TempFolder folder, CancellationToken cancellationToken)
    {
        var port = Loopback.FreePort();
        var startedAt = Stopwatch.GetTimestamp();

        // A session of its own makes it the leader of a group, as a shell does.
        await using var process = ChildProcess.Start(
            Tools.Find("setsid"),
            [
                "dotnet", "dev.cs", "up", "--port", port.ToString(CultureInfo.InvariantCulture),
                $"--EndpointsFile={folder.Of("endpoints.json")}", $"--LocalFolder={folder.Path}",
            ],
            folder: repository.Root);
        await WaitForPageAsync(new Uri($"http://localhost:{port}/"), process, cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(startedAt).TotalSeconds;
        var processes = ProcessTree.Of(process.Id);

        startedAt = Stopwatch.GetTimestamp();
        Signals.SendToGroup(process.Id, Signals.Interrupt);
        await process.WaitAsync(cancellationToken).WaitAsync(_patience, cancellationToken);
        var start = new Start(
            seconds, Stopwatch.GetElapsedTime(startedAt).TotalSeconds, processes.Count(ProcessTree.IsRunning));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"ready after {start.Seconds:0.0} s, gone after {start.StopSeconds:0.0} s, {start.Left} of {processes.Count} processes left"));
        return start;
    }

    private static async Task WaitForPageAsync(Uri page, ChildProcess process, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        for (var startedAt = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(startedAt) < _patience;)
        {
            process.ThrowIfEnded();
            try
            {
                using var answer = await http.GetAsync(page, cancellationToken);
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    return;
                }
            }
            catch (Exception error) when (error is HttpRequestException or TaskCanceledException
                && !cancellationToken.IsCancellationRequested)
            {
                // Not there yet.
            }

            await Task.Delay(_between, cancellationToken);
        }

        throw new TimeoutException($"{page} does not answer after {_patience.TotalSeconds:0} s:\n{process.Output}");
    }

    private sealed record Start(double Seconds, double StopSeconds, int Left);
}

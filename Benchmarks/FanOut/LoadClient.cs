using System.Diagnostics;
using System.Text.Json;
using Trading.Benchmarks.Running;

namespace Trading.Benchmarks.FanOut;

/// <summary>
/// Opens the connections of a plan, lets them run warm, and measures for the length of a window: messages, their age, and
/// the CPU time of the servers, all over the same seconds.
/// </summary>
internal static class LoadClient
{
    public const string Verb = "--load-client";

    // One thread that waits for all sockets and also reads them: no hand-over between threads per message.
    private static readonly Dictionary<string, string> _environment = new()
    {
        ["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1",
        ["DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT"] = "1",
    };

    /// <summary>Runs a plan in a process of its own.</summary>
    public static async Task<LoadResult> MeasureAsync(
        Repository repository, LoadPlan plan, CancellationToken cancellationToken)
    {
        using var folder = new TempFolder();
        var file = folder.Of("plan.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(plan), cancellationToken);
        var output = await ChildProcess.RunAsync(
            "dotnet", [repository.Program("Benchmarks"), Verb, file], cancellationToken, _environment);
        return JsonSerializer.Deserialize<LoadResult>(output)!;
    }

    public static async Task<int> RunAsync(string planFile, CancellationToken cancellationToken)
    {
        var plan = JsonSerializer.Deserialize<LoadPlan>(await File.ReadAllTextAsync(planFile, cancellationToken))!;
        var window = new LoadWindow();
        var connections = new List<LoadConnection>();
        try
        {
            for (var number = 0; number < plan.Connections; number++)
            {
                connections.Add(await LoadConnection.OpenAsync(plan, number, window, cancellationToken));
            }

            await Task.Delay(TimeSpan.FromSeconds(plan.WarmUpSeconds), cancellationToken);
            Console.WriteLine(JsonSerializer.Serialize(await MeasureAsync(plan, window, cancellationToken)));
            return 0;
        }
        finally
        {
            connections.ForEach(connection => connection.Dispose());
        }
    }

    private static async Task<LoadResult> MeasureAsync(
        LoadPlan plan, LoadWindow window, CancellationToken cancellationToken)
    {
        var cpu = CpuOf(plan.Processes);
        var ownCpu = Environment.CpuUsage.TotalTime;
        var startedAt = Stopwatch.GetTimestamp();
        window.IsOpen = true;
        await Task.Delay(TimeSpan.FromSeconds(plan.Seconds), cancellationToken);
        window.IsOpen = false;
        var seconds = Stopwatch.GetElapsedTime(startedAt).TotalSeconds;
        return new LoadResult
        {
            Seconds = seconds,
            Messages = window.Messages,
            Lost = window.Lost,
            P50Milliseconds = window.Quantile(0.5),
            P99Milliseconds = window.Quantile(0.99),
            MaxMilliseconds = window.Quantile(1),
            ClientCpuSeconds = (Environment.CpuUsage.TotalTime - ownCpu).TotalSeconds,
            CpuSeconds = CpuOf(plan.Processes).ToDictionary(process => process.Key, process => process.Value - cpu[process.Key]),
        };
    }

    private static Dictionary<string, double> CpuOf(Dictionary<string, int> processes) =>
        processes.ToDictionary(process => process.Key, process => ProcessTree.CpuSeconds(process.Value));
}

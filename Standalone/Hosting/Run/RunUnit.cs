using System.Collections.Immutable;
using System.Diagnostics;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Trading.Standalone.Hosting;

/// <summary>One process of the app model: waits for what it needs, starts, is probed, and is started again when it dies.</summary>
internal sealed class RunUnit(
    string id,
    Resource resource,
    ILauncher launcher,
    ResourceNotificationService notifications,
    Leftovers leftovers,
    LocalFolders folders) : IAsyncDisposable
{
    private static readonly TimeSpan _longestDelay = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _stopTimeout = TimeSpan.FromSeconds(15);

    private readonly ProcessLog _log = new(Path.Combine(folders.Logs, $"{id}.log"));
    private readonly SemaphoreSlim _wanted = new(0);
    private CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public string Id => id;

    public Resource Resource => resource;

    /// <summary>Starts it, or has it not wait any longer where it died and is about to be started again.</summary>
    public void Start()
    {
        if (!_running.IsCompleted)
        {
            _wanted.Release();
        }
        else
        {
            _stop.Dispose();
            _stop = new CancellationTokenSource();
            _running = Task.Run(() => KeepAsync(_stop.Token));
        }
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
        Publish(KnownResourceStates.Exited, null, null);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
        _wanted.Dispose();
        launcher.CleanUp();
        await _log.DisposeAsync();
    }

    private async Task KeepAsync(CancellationToken stop)
    {
        var failures = 0;
        try
        {
            await WaitForDependenciesAsync(stop);
            while (!stop.IsCancellationRequested)
            {
                while (await _wanted.WaitAsync(0, stop))
                {
                    // What was asked for before is begun now.
                }

                var startedAt = Stopwatch.GetTimestamp();
                var exitCode = await RunOnceAsync(stop);
                if (stop.IsCancellationRequested)
                {
                    return;
                }

                failures = Stopwatch.GetElapsedTime(startedAt) > TimeSpan.FromSeconds(30) ? 1 : failures + 1;
                Publish(KnownResourceStates.Exited, null, null, exitCode);
                var delay = TimeSpan.FromSeconds(Math.Min(_longestDelay.TotalSeconds, failures - 0.8));
                failures = await _wanted.WaitAsync(delay, stop) ? 0 : failures;
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped while it waited; there is no process.
        }
        catch (Exception error)
        {
            _log.Write(error.Message);
            Publish(KnownResourceStates.FailedToStart, null, null, note: error.Message);
        }
    }

    private async Task WaitForDependenciesAsync(CancellationToken stop)
    {
        Publish(KnownResourceStates.Waiting, null, null);
        foreach (var wait in resource.Annotations.OfType<WaitAnnotation>())
        {
            var dependency = wait.Dependency is IResourceWithParent child ? child.Parent : wait.Dependency;
            await notifications.WaitForResourceHealthyAsync(dependency.Name, stop);
        }
    }

    private async Task<int> RunOnceAsync(CancellationToken stop)
    {
        Publish(KnownResourceStates.Starting, null, null);
        var launch = await launcher.PrepareAsync(stop);
        using var process = StartProcess(launch);
        leftovers.Remember(id, process, launch.StopSignal);
        using var exited = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var probing = ProbeAsync(process.Id, exited.Token);
        try
        {
            await process.WaitForExitAsync(stop);
        }
        catch (OperationCanceledException)
        {
            Publish(KnownResourceStates.Stopping, process.Id, null);
            await EndAsync(process, launch.StopSignal);
        }

        leftovers.Forget(id);
        await exited.CancelAsync();
        await probing;
        return process.ExitCode;
    }

    private Process StartProcess(Launch launch)
    {
        var start = new ProcessStartInfo(launch.FileName, launch.Arguments)
        {
            WorkingDirectory = launch.WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in launch.Environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => _log.Write(line.Data);
        process.ErrorDataReceived += (_, line) => _log.Write(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Write(launch.Input ?? string.Empty);
        process.StandardInput.Close();
        return process;
    }

    private async Task ProbeAsync(int processId, CancellationToken ended)
    {
        HealthStatus? last = null;
        Publish(KnownResourceStates.Running, processId, null);
        while (!ended.IsCancellationRequested)
        {
            try
            {
                var healthy = await IsHealthyInTimeAsync(ended) ? HealthStatus.Healthy : HealthStatus.Unhealthy;
                if (healthy != last)
                {
                    Publish(KnownResourceStates.Running, processId, last = healthy);
                }

                await Task.Delay(healthy == HealthStatus.Healthy ? 2000 : 100, ended);
            }
            catch (OperationCanceledException)
            {
                // The process ended, which the loop sees.
            }
        }
    }

    /// <summary>A process that hangs is as unhealthy as one that refuses.</summary>
    private async Task<bool> IsHealthyInTimeAsync(CancellationToken ended)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ended);
        deadline.CancelAfter(TimeSpan.FromSeconds(5));
        try
        {
            return await launcher.IsHealthyAsync(deadline.Token);
        }
        catch (OperationCanceledException) when (!ended.IsCancellationRequested)
        {
            return false;
        }
    }

    private static async Task EndAsync(Process process, int signal)
    {
        ProcessSignals.Send(process.Id, signal);
        using var patience = new CancellationTokenSource(_stopTimeout);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    private void Publish(string state, int? processId, HealthStatus? health, int? exitCode = null, string? note = null)
    {
        ImmutableArray<ResourcePropertySnapshot> properties =
        [
            new("executable.pid", processId),
            new("log", _log.File),
            new("note", note),
        ];
        var snapshot = new CustomResourceSnapshot
        {
            ResourceType = resource.GetType().Name,
            Properties = properties,
            State = state,
            HealthStatus = health,
            ExitCode = exitCode,
            Urls = Urls(),
        };
        notifications.Publish(new ResourceEvent(resource, id, snapshot));
        if (resource is PostgresServerResource server)
        {
            foreach (var database in server.Databases)
            {
                notifications.Publish(new ResourceEvent(database, database.Name, snapshot));
            }
        }
    }

    private ImmutableArray<UrlSnapshot> Urls() =>
    [
        .. from endpoint in resource.Annotations.OfType<EndpointAnnotation>()
           where endpoint.Allocated.Count > 0
           select new UrlSnapshot(endpoint.Name, $"http://localhost:{endpoint.Allocated[0]}", false),
    ];
}

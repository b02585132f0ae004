using System.Diagnostics;

namespace Trading.Benchmarks.Running;

/// <summary>The whole system as AppHost starts it, with data of its own that go with it.</summary>
internal sealed class TradingSystem : IAsyncDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan _between = TimeSpan.FromMilliseconds(100);

    private readonly TempFolder _folder = new();
    private readonly ChildProcess _host;

    private TradingSystem(Repository repository, string[] settings)
    {
        _host = ChildProcess.Start(
            "dotnet",
            [
                repository.Program("AppHost"),
                "--KeepData=false",
                $"--Port={Loopback.FreePort()}",
                $"--EndpointsFile={EndpointsFile}",
                $"--LocalFolder={_folder.Path}",
                .. settings,
            ],
            new Dictionary<string, string>
            {
                ["DOTNET_ENVIRONMENT"] = Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") ?? "Production",
            },
            Path.Combine(repository.Root, "AppHost"));
    }

    public Endpoints Endpoints { get; private set; } = null!;

    private string EndpointsFile => _folder.Of("endpoints.json");

    /// <param name="repository">Where AppHost is.</param>
    /// <param name="resources">What is to be healthy before this returns.</param>
    /// <param name="settings">Such as <c>--Services:apiservice:RateLimit:RequestsPerMinute=1000000</c>.</param>
    /// <param name="cancellationToken">Ends the wait, and with it the system.</param>
    public static async Task<TradingSystem> StartAsync(
        Repository repository, string[] resources, string[] settings, CancellationToken cancellationToken)
    {
        Console.WriteLine("starting the system");
        var system = new TradingSystem(repository, settings);
        try
        {
            await system.WaitAsync(resources, cancellationToken);
            return system;
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    /// <summary>A file that a service keeps beside its data; null where it is not there yet, or empty.</summary>
    public async Task<string?> TryReadLocalAsync(string name, CancellationToken cancellationToken)
    {
        var file = _folder.Of(name);
        return File.Exists(file) && await File.ReadAllTextAsync(file, cancellationToken) is { Length: > 0 } text
            ? text
            : null;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    private async Task WaitAsync(string[] resources, CancellationToken cancellationToken)
    {
        for (var startedAt = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(startedAt) < _patience;)
        {
            _host.ThrowIfEnded();
            if (Endpoints.TryRead(EndpointsFile) is { } endpoints && resources.All(endpoints.IsHealthy))
            {
                Endpoints = endpoints;
                return;
            }

            await Task.Delay(_between, cancellationToken);
        }

        throw new TimeoutException($"The system is not ready after {_patience.TotalSeconds:0} s:\n{_host.Output}");
    }
}

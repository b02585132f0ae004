using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Trading.Tests.Worker;

/// <summary>A worker as a process of its own, which a test may kill, halt and start again.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private readonly string _database;
    private readonly string _redis;
    private readonly (string Key, string Value)[] _settings;
    private readonly ConcurrentQueue<string> _output = new();
    private Process _process;

    private WorkerProcess(string database, string redis, (string Key, string Value)[] settings)
    {
        (_database, _redis, _settings) = (database, redis, settings);
        Address = FreeAddress();
        _process = Run();
    }

    public Uri Address { get; }

    /// <summary>What it said, for a test that fails.</summary>
    public string Output => string.Join('\n', _output);

    public static WorkerProcess Start(string database, string redis, params (string Key, string Value)[] settings) =>
        new(database, redis, settings);

    /// <summary>SIGKILL: it can do nothing about it.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(_patience);
    }

    /// <summary>Starts it again, as whoever watches over it does.</summary>
    public void StartAgain()
    {
        _process.Dispose();
        _process = Run();
    }

    /// <summary>SIGSTOP: it does nothing, and its connections stand.</summary>
    public Task HaltAsync() => SignalAsync("STOP");

    public Task ContinueAsync() => SignalAsync("CONT");

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"));
    }

    private Process Run()
    {
        var built = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(
            RepositoryFolder.Path, "PricingWorker", "bin", built.Parent!.Name, built.Name, "Trading.PricingWorker.dll");
        var start = new ProcessStartInfo("dotnet", [program])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(program)!,
            Environment =
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                ["ASPNETCORE_URLS"] = Address.ToString(),
                ["ConnectionStrings__tradingdb"] = _database,
                ["ConnectionStrings__cache"] = _redis,
            },
        };
        foreach (var (key, value) in _settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? string.Empty);
        process.ErrorDataReceived += (_, line) => _output.Enqueue(line.Data ?? string.Empty);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync().WaitAsync(_patience);
    }
}

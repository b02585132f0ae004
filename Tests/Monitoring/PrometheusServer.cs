using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Aspire.Hosting.Testing;
using Trading.Tests.Integration;

namespace Trading.Tests.Monitoring;

/// <summary>A real Prometheus with the deployed files, faster, that scrapes the running system.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private readonly string _folder;
    private readonly Process _process;
    private readonly HttpClient _http;

    private PrometheusServer(string folder, int port)
    {
        _folder = folder;
        var start = new ProcessStartInfo(
            "prometheus",
            [
                "--config.file=prometheus.yml", "--storage.tsdb.path=data",
                $"--web.listen-address=127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}", "--log.level=error",
            ])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };
    }

    public static async Task<PrometheusServer> StartAsync(TradingSystem system)
    {
        var port = FreePort();
        var server = new PrometheusServer(Prepare(system, port), port);
        await Eventually.IsTrueAsync(server.IsReadyAsync, "Prometheus is ready");
        return server;
    }

    /// <summary>Where the deployed files are copied to, with this system's services and a quicker pace.</summary>
    public static string Prepare(TradingSystem? system, int port)
    {
        var folder = Directory.CreateTempSubdirectory("trading-prometheus-").FullName;
        foreach (var file in Directory.GetFiles(DeployedFiles.Prometheus, "*.yml"))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        File.WriteAllText(Path.Combine(folder, "metrics-token"), TradingSystem.MetricsToken);
        var path = Path.Combine(folder, "prometheus.yml");
        File.WriteAllText(path, File.ReadAllText(path)
            .Replace(": 15s", ": 1s", StringComparison.Ordinal)
            .Replace("localhost:9090", $"127.0.0.1:{port}", StringComparison.Ordinal));
        if (system is not null)
        {
            File.WriteAllLines(Path.Combine(folder, "targets.yml"), SystemMetrics.Services.Select(service =>
                $"- {{ labels: {{ service: {service} }}, targets: ['{system.App.GetEndpoint(service, "http").Authority}'] }}"));
        }

        return folder;
    }

    /// <summary>What its HTTP API answers.</summary>
    public async Task<JsonElement> AskAsync(string path, CancellationToken cancellation)
    {
        var answer = await _http.GetFromJsonAsync<JsonElement>($"api/v1/{path}", cancellation);
        Assert.Equal("success", answer.GetProperty("status").GetString());
        return answer.GetProperty("data");
    }

    /// <summary>The value of a query that gives one; null where it gives none.</summary>
    public async Task<double?> ValueAsync(string query, CancellationToken cancellation)
    {
        var data = await AskAsync("query?query=" + Uri.EscapeDataString(query), cancellation);
        var found = data.GetProperty("result").EnumerateArray().ToArray();
        return found.Length == 0
            ? null
            : double.Parse(found.Single().GetProperty("value")[1].GetString()!, CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task<bool> IsReadyAsync()
    {
        Assert.False(_process.HasExited, "Prometheus has ended.");
        try
        {
            using var answer = await _http.GetAsync("-/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}

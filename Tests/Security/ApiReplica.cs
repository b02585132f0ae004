using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Trading.Tests.Integration;

namespace Trading.Tests.Security;

/// <summary>One more replica of the API on the running system's stores, whose passwords cost what they cost in production.</summary>
internal sealed class ApiReplica : IAsyncDisposable
{
    private readonly Process _process;

    private ApiReplica(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public static async Task<ApiReplica> StartAsync(TradingSystem system, CancellationToken cancellation)
    {
        var built = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(
            RepositoryFolder.Path, "ApiService", "bin", built.Parent!.Name, built.Name, "Trading.ApiService.dll");
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}"));
        var start = new ProcessStartInfo("dotnet", [program])
        {
            RedirectStandardOutput = true,
            Environment =
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                ["ASPNETCORE_URLS"] = address.ToString(),
                ["ConnectionStrings__tradingdb"] = await system.ConnectionStringAsync("tradingdb"),
                ["ConnectionStrings__cache"] = await system.ConnectionStringAsync("cache"),
                ["Auth__SigningKey"] = TradingSystem.SigningKey,
                ["ServiceKey"] = TradingSystem.ServiceKey,
                ["RATE_LIMIT_RPM"] = "1000000",
                // The program is started outside of its folder, away from its settings.
                ["FeatureManagement__Stream"] = "true",
            },
        };
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        var replica = new ApiReplica(process, address);
        using var http = new HttpClient { BaseAddress = address };
        await Eventually.IsTrueAsync(() => IsReadyAsync(http, cancellation), "the replica is ready");
        return replica;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task<bool> IsReadyAsync(HttpClient http, CancellationToken cancellation)
    {
        try
        {
            using var answer = await http.GetAsync("/ready", cancellation);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Trading.ServiceDefaults.Errors;
using Trading.ServiceDefaults.Logging;

namespace Trading.Tests.Unit.Errors;

/// <summary>A service as far as its errors go: what it logs is tracked.</summary>
internal sealed class ErrorHost : IAsyncDisposable
{
    private readonly IHost _host;

    private ErrorHost(IHost host) => _host = host;

    public ILogger Logger => _host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Tests");

    public static async Task<ErrorHost> StartAsync(string service, StoreErrors store, string? sentry = null)
    {
        var builder = new HostApplicationBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Sentry:Dsn"] = sentry });
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(new ServiceName(service));
        builder.Services.AddSingleton(store);
        builder.AddErrorTracking();
        var host = builder.Build();
        await host.StartAsync();
        return new ErrorHost(host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}

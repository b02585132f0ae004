using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Trading.ServiceDefaults;
using Trading.ServiceDefaults.Metrics;

namespace Trading.Tests.Unit.Metrics;

/// <summary>A service with nothing but the shared defaults and a meter of the test.</summary>
internal sealed class MeteredHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private MeteredHost(WebApplication app)
    {
        _app = app;
        Meter = app.Services.GetRequiredService<IMeterFactory>().Create("Trading.Test");
        var addresses = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>();
        Http = new HttpClient { BaseAddress = new Uri(addresses.Addresses.Single()) };
    }

    public Meter Meter { get; }

    public HttpClient Http { get; }

    public static async Task<MeteredHost> StartAsync(
        string environment, params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection(
            settings.ToDictionary(pair => pair.Key, pair => (string?)pair.Value));
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddServiceDefaults();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapDefaultEndpoints();
        await app.StartAsync();
        return new MeteredHost(app);
    }

    /// <summary>The lines of what /metrics says, without comments, of metrics that start with some text.</summary>
    public async Task<string[]> LinesAsync(string start)
    {
        var text = await Http.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        return [.. text.Split('\n').Where(line => line.StartsWith(start, StringComparison.Ordinal))];
    }

    public Task<MetricsSnapshot> ReadAsync() =>
        _app.Services.GetRequiredService<MetricsReading>().ReadAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}

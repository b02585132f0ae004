using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;
using Trading.Data;
using Trading.Domain.Market;
using Trading.PricingWorker.Bars;
using Trading.PricingWorker.Hosting;
using Trading.PricingWorker.Quotes;
using Trading.PricingWorker.Sources;
using Trading.ServiceDefaults;
using Trading.Tests.Faults;

namespace Trading.Tests.Worker;

/// <summary>A worker in this process, on stores of its test's own.</summary>
internal sealed class WorkerHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http;

    private WorkerHost(WebApplication app)
    {
        _app = app;
        _http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    /// <summary>Cancelled when the worker stops by itself.</summary>
    public CancellationToken Stopping => _app.Lifetime.ApplicationStopping;

    public int Backlog => _app.Services.GetRequiredService<FrameBacklog>().Count;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<WorkerHost> StartAsync(
        ScratchDatabase database, RedisServer redis, IQuoteSource? source, params (string Key, string Value)[] settings)
    {
        // In Production /health keeps its checks to itself.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Configuration.AddInMemoryCollection(
            settings.ToDictionary(pair => pair.Key, pair => (string?)pair.Value));
        builder.Configuration["Quotes:TicksPerSecond"] ??= "20";
        builder.Configuration["ConnectionStrings:tradingdb"] = database.ConnectionString;
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddServiceDefaults();
        builder.Logging.ClearProviders();
        builder.AddTradingData();
        builder.AddSchemaMigration();
        builder.Services.AddSingleton<IConnectionMultiplexer>(_ => redis.Connect());
        builder.AddQuotes();
        builder.AddBars();
        builder.Services.AddHostedService<WorkerState>();
        if (source is not null)
        {
            builder.Services.AddSingleton(source);
        }

        var app = builder.Build();
        app.MapDefaultEndpoints();
        app.MapQuotes();
        await app.StartAsync();
        return new WorkerHost(app);
    }

    /// <summary>The newest quotes, as a replica of the API asks for them while Redis is away.</summary>
    public async Task<IReadOnlyDictionary<string, Quote>> QuotesAsync()
    {
        var frame = await _http.GetByteArrayAsync(new Uri("/internal/quotes", UriKind.Relative), Cancellation);
        return TickLog.Open(frame).Quotes;
    }

    public async Task<string?> CheckAsync(string name)
    {
        using var answer = await _http.GetAsync(new Uri("/health", UriKind.Relative), Cancellation);
        var health = await answer.Content.ReadFromJsonAsync<JsonObject>(Cancellation);
        return (string?)health!["checks"]![name]!["status"];
    }

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}

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
using Trading.PricingWorker.Jobs;
using Trading.PricingWorker.Providers;
using Trading.PricingWorker.Quotes;
using Trading.PricingWorker.Sharing;
using Trading.PricingWorker.Schedules;
using Trading.PricingWorker.Sources;
using Trading.PricingWorker.Upkeep;
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

    /// <summary>How many shards of the instruments it has.</summary>
    public int Shards => _app.Services.GetRequiredService<ShardLeases>().Own.Count;

    public ShardFence[] Fences => _app.Services.GetRequiredService<ShardLeases>().Own.Fences;

    public int Backlog => _app.Services.GetRequiredService<FrameBacklog>().Count;

    public IServiceProvider Services => _app.Services;

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
        builder.AddJobs();
        builder.AddUpkeep();
        builder.AddSchedules();
        builder.Services.AddHostedService<WorkerState>();
        if (source is not null)
        {
            builder.Services.AddSingleton(source);
        }

        var app = builder.Build();
        app.MapDefaultEndpoints();
        app.MapQuotes();
        ProviderStatusReader.MapTo(app);
        await app.StartAsync();
        return new WorkerHost(app);
    }

    /// <summary>The newest quotes, as a replica of the API asks for them while Redis is away.</summary>
    public async Task<IReadOnlyDictionary<string, Quote>> QuotesAsync()
    {
        var frame = await _http.GetByteArrayAsync(new Uri("/internal/quotes", UriKind.Relative), Cancellation);
        return TickLog.Open(frame).Quotes;
    }

    public Task<JsonObject?> ProvidersAsync() =>
        _http.GetFromJsonAsync<JsonObject>(new Uri("/internal/providers", UriKind.Relative), Cancellation);

    public async Task<string?> CheckAsync(string name)
    {
        using var answer = await _http.GetAsync(new Uri("/health", UriKind.Relative), Cancellation);
        var health = await answer.Content.ReadFromJsonAsync<JsonObject>(Cancellation);
        return (string?)health!["checks"]![name]!["status"];
    }

    public Task StopAsync() => _app.StopAsync().WaitAsync(TimeSpan.FromMinutes(1));

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await StopAsync();
        await _app.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1));
    }
}

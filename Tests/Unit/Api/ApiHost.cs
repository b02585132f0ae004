using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Trading.ApiService;
using Trading.ApiService.Audit;
using Trading.ApiService.Auth;
using Trading.ApiService.Backtests;
using Trading.ApiService.Currencies;
using Trading.ApiService.Caching;
using Trading.ApiService.Edge;
using Trading.ApiService.Experiments;
using Trading.ApiService.Instruments;
using Trading.ApiService.Jobs;
using Trading.ApiService.Limits;
using Trading.ApiService.Monitoring;
using Trading.ApiService.Providers;
using Trading.ApiService.Quality;
using Trading.ApiService.Quotes;
using Trading.ApiService.Settings;
using Trading.ApiService.Strategies;
using Trading.ApiService.Stream;
using Trading.ApiService.Webhooks;
using Trading.Data;
using Trading.Domain.Market;
using Trading.ServiceDefaults;

namespace Trading.Tests.Unit.Api;

/// <summary>The API in this process, fed by the test; its database is never there, and no Redis is asked.</summary>
internal sealed class ApiHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _feeding;
    private long _sequence;

    private ApiHost(WebApplication app)
    {
        _app = app;
        Feed = app.Services.GetRequiredService<QuoteFeed>();
        _feeding = Feed.RunAsync(_stop.Token);
        var addresses = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>();
        Address = new Uri(addresses.Addresses.Single());
        Http = new HttpClient { BaseAddress = Address };
    }

    public static string[] Tickers { get; } = [.. Enumerable.Range(0, 150).Select(number => $"T{number:D3}")];

    public Uri Address { get; }

    public HttpClient Http { get; }

    public QuoteFeed Feed { get; }

    public long Sequence => _app.Services.GetRequiredService<QuoteBoard>().Sequence;

    public int OpenConnections => _app.Services.GetRequiredService<StreamConnections>().Count;

    public static async Task<ApiHost> StartAsync(params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(
            settings.ToDictionary(pair => pair.Key, pair => (string?)pair.Value));
        foreach (var feature in Features.All.Keys)
        {
            builder.Configuration[$"FeatureManagement:{feature}"] ??= "true";
        }

        builder.Configuration["Auth:SigningKey"] ??= new string('k', 32);
        builder.Configuration["ConnectionStrings:tradingdb"] = "Host=127.0.0.1;Port=1;Database=none;Username=none";
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddServiceDefaults();
        builder.Logging.ClearProviders();
        builder.AddTradingData();
        builder.AddEdge();
        builder.AddRateLimits();
        builder.AddAudit();
        builder.AddAccounts();
        builder.AddWebhooks();
        builder.AddSettings();
        builder.AddSchemaMigration();
        builder.AddInstruments();
        builder.AddCurrencies();
        builder.AddQuality();
        builder.AddQuoteBoard();
        builder.AddStream();
        builder.AddJobs();
        builder.AddCaching();
        builder.AddStrategies();
        builder.AddBacktests();
        builder.AddExperiments();
        builder.AddMonitoring();
        builder.AddProviderStatus();
        builder.Services.AddSingleton<ReadInstruments>(_ => Task.FromResult<IReadOnlyList<Instrument>>(
            [.. Tickers.Select((ticker, id) => new Instrument(id, ticker, ticker, "US", null, "USD", "XNYS", true))]));

        var app = builder.Build();
        app.UseEdge();
        app.MapRoutes();
        await app.StartAsync();
        return new ApiHost(app);
    }

    /// <summary>
    /// Publishes one frame with a price for each of some tickers, and waits until it is on the board.
    /// </summary>
    public async Task<long> PublishAsync(double price, params string[] tickers)
    {
        var sequence = Post(price, tickers);
        SpinWait.SpinUntil(() => Sequence >= sequence, TimeSpan.FromMilliseconds(20));
        await Eventually.IsTrueAsync(() => Task.FromResult(Sequence >= sequence), "the frame is on the board");
        return sequence;
    }

    /// <summary>Publishes one frame without waiting.</summary>
    public long Post(double price, params string[] tickers)
    {
        var sequence = ++_sequence;
        Feed.TakePublished(Frames.Of(sequence, [.. tickers.Select(ticker => Frames.Quote(ticker, price))]));
        return sequence;
    }

    public async Task<StreamClient> ConnectAsync(
        string? origin = null, string? serviceKey = null, params (string Name, string Value)[] headers)
    {
        var socket = new ClientWebSocket();
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }

        if (serviceKey is not null)
        {
            socket.Options.SetRequestHeader("X-Service-Key", serviceKey);
        }

        foreach (var (name, value) in headers)
        {
            socket.Options.SetRequestHeader(name, value);
        }

        await socket.ConnectAsync(new Uri($"ws://{Address.Authority}/ws/test"), TestContext.Current.CancellationToken);
        return new StreamClient(socket);
    }

    public TService Service<TService>()
        where TService : notnull => _app.Services.GetRequiredService<TService>();

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _stop.CancelAsync();
        await _feeding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _app.DisposeAsync();
        _stop.Dispose();
    }
}

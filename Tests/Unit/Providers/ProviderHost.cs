using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Trading.Domain.Market;
using Trading.PricingWorker.Providers;
using Trading.PricingWorker.Sources;
using Trading.ServiceDefaults.RateLimits;

namespace Trading.Tests.Unit.Providers;

/// <summary>The providers as the worker has them, without the worker.</summary>
internal sealed class ProviderHost : IAsyncDisposable
{
    private static readonly string[] _overHttp = ["Yahoo", "Binance", "Stooq", "Ecb"];

    private readonly ServiceProvider _services;

    public ProviderHost(string url, params (string Key, string Value)[] settings)
        : this(url, TimeProvider.System, settings)
    {
    }

    public ProviderHost(string url, TimeProvider time, params (string Key, string Value)[] settings)
        : this(url, time, null, settings)
    {
    }

    public ProviderHost(
        string url, TimeProvider time, SharedRateLimits? limits, params (string Key, string Value)[] settings)
    {
        var values = new Dictionary<string, string?>
        {
            ["Providers:Yahoo:CookieUrl"] = $"{url}/cookie",
            ["Providers:Binance:StreamUrl"] = url.Replace("http", "ws", StringComparison.Ordinal),
            ["Providers:Stooq:RawDays"] = "0",
        };
        foreach (var name in _overHttp)
        {
            values[$"Providers:{name}:Url"] = url;
            values[$"Providers:{name}:FirstDelay"] = "00:00:00.001";
            values[$"Providers:{name}:Burst"] = "1000";
        }

        foreach (var (key, value) in settings)
        {
            values[$"Providers:{key}"] = value;
        }

        var services = new ServiceCollection();
        services.AddLogging();
        services.AddMetrics();
        services.AddSingleton(time);
        if (limits is not null)
        {
            services.AddSingleton(limits);
        }

        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
        services.AddOptions<QuoteOptions>();
        services.AddProviders();
        _services = services.BuildServiceProvider();
    }

    public ProviderOptions Options => _services.GetRequiredService<IOptions<ProviderOptions>>().Value;

    public static Instrument Instrument(string ticker, string exchange = "XNAS", string currency = "USD") =>
        new(1, ticker, ticker, "US", null, currency, exchange, Synthetic: false);

    public IMarketDataProvider Provider(ProviderName name) => Chain(AssetClass.Equity, AssetClass.Currency, AssetClass.Crypto)
        .First(provider => provider.Name == name);

    public ProviderCatalog Catalog => _services.GetRequiredService<ProviderCatalog>();

    public ProviderChain Chain(AssetClass assetClass) => Catalog.Of(assetClass);

    public ProviderRecord Record(ProviderName name) => _services.GetRequiredService<ProviderRecords>().Of(name);

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private IEnumerable<IMarketDataProvider> Chain(params AssetClass[] classes) =>
        classes.SelectMany(assetClass => Chain(assetClass).Providers);
}

using System.Net;
using Microsoft.Extensions.Options;
using Trading.PricingWorker.Providers.Binance;
using Trading.PricingWorker.Providers.Csv;
using Trading.PricingWorker.Providers.Ecb;
using Trading.PricingWorker.Providers.Http;
using Trading.PricingWorker.Providers.Stooq;
using Trading.PricingWorker.Providers.Yahoo;
using Trading.ServiceDefaults.RateLimits;

namespace Trading.PricingWorker.Providers;

internal static class ProviderServices
{
    // Yahoo answers programs that name themselves otherwise with 429.
    private const string Agent = "Mozilla/5.0 (compatible; Trading.Aspire)";

    /// <summary>The providers, which are made when the configuration names them.</summary>
    public static IServiceCollection AddProviders(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<ProviderOptions>, ProviderValidation>();
        services.AddOptions<ProviderOptions>().BindConfiguration(ProviderOptions.Section).ValidateOnStart();
        services.AddSingleton<ProviderMetrics>();
        services.AddSingleton<ProviderRecords>();
        services.AddSingleton<ProviderOrder>();
        services.AddSingleton<ProviderCatalog>();
        services.AddClient(
            ProviderName.Yahoo, options => options.Yahoo, (http, options, given) =>
                new YahooProvider(http, options, given.GetRequiredService<TimeProvider>()));
        services.AddClient(
            ProviderName.Binance, options => options.Binance, (http, options, given) =>
                new BinanceProvider(http, StreamOf(options, given), options, given.GetRequiredService<TimeProvider>()));
        services.AddClient(
            ProviderName.Stooq, options => options.Stooq, (http, options, given) =>
                new StooqProvider(http, options, given.GetRequiredService<TimeProvider>()));
        services.AddClient(
            ProviderName.Ecb, options => options.Ecb, (http, options, given) =>
                new EcbProvider(http, options, given.GetRequiredService<TimeProvider>()));
        services.AddTransient(given => new CsvFolderProvider(
            Settings(given).Csv,
            given.GetRequiredService<ProviderRecords>().Of(ProviderName.Csv),
            given.GetRequiredService<TimeProvider>()));
        return services;
    }

    private static ProviderOptions Settings(IServiceProvider services) =>
        services.GetRequiredService<IOptions<ProviderOptions>>().Value;

    private static BinanceStream StreamOf(BinanceOptions options, IServiceProvider services) => new(
        options,
        services.GetRequiredService<ProviderRecords>().Of(ProviderName.Binance),
        services.GetRequiredService<TimeProvider>());

    /// <summary>
    /// A typed client. The handlers that every client here gets are taken out: a provider's gate has its own limits,
    /// and two layers of retries would multiply.
    /// </summary>
    private static void AddClient<TProvider, TOptions>(
        this IServiceCollection services,
        ProviderName name,
        Func<ProviderOptions, TOptions> section,
        Func<ProviderHttp, TOptions, IServiceProvider, TProvider> create)
        where TProvider : class
        where TOptions : HttpProviderOptions => services
        .AddHttpClient($"provider-{name.Code()}")
        .ConfigureHttpClient(http =>
        {
            http.Timeout = Timeout.InfiniteTimeSpan;
            http.DefaultRequestHeaders.UserAgent.ParseAdd(Agent);
        })
        .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            CookieContainer = new CookieContainer(),
            ConnectTimeout = TimeSpan.FromSeconds(5),
            MaxResponseDrainSize = 0,
            MaxResponseHeadersLength = 64,
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        })
        .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
        .ConfigureAdditionalHttpMessageHandlers((handlers, _) => handlers.Clear())
        .AddTypedClient((http, given) =>
        {
            var options = section(Settings(given));
            var time = given.GetRequiredService<TimeProvider>();
            var shared = SharedPace.Of(name, options, given.GetService<SharedRateLimits>(), time);
            var gate = new ProviderGate(options, given.GetRequiredService<ProviderRecords>().Of(name), shared, time);
            return create(new ProviderHttp(http, gate, options, time), options, given);
        });
}

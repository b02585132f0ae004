using Trading.Contracts;

namespace Trading.Web;

/// <summary>Where the API is, and how this process shows who it is.</summary>
internal static class TradingApi
{
    private const string ServiceKeyHeader = "X-Service-Key";

    public static readonly Uri Address = new("http://apiservice");

    public static void AddTradingApi(this IHostApplicationBuilder builder) =>
        builder.Services.AddHttpClient<TradingClient>(http =>
        {
            http.BaseAddress = Address;
            foreach (var (name, value) in builder.Configuration.ServiceHeaders())
            {
                http.DefaultRequestHeaders.Add(name, value);
            }
        });

    /// <summary>
    /// A WebSocket goes past the HttpClient that resolves service names, so its address is resolved here.
    /// </summary>
    public static Uri StreamUrl(this IConfiguration configuration) =>
        QuoteStream.UrlOf(configuration.ResolvedAddress(), $"web-{Guid.NewGuid():N}");

    /// <summary>The same of the stream of signed-in users.</summary>
    public static Uri UserStreamUrl(this IConfiguration configuration) =>
        UserStream.UrlOf(configuration.ResolvedAddress());

    public static IReadOnlyDictionary<string, string> ServiceHeaders(this IConfiguration configuration)
    {
        var headers = new Dictionary<string, string>();
        if (configuration["ServiceKey"] is { Length: > 0 } key)
        {
            headers[ServiceKeyHeader] = key;
        }

        return headers;
    }

    private static Uri ResolvedAddress(this IConfiguration configuration)
    {
        var services = configuration.GetSection("services:apiservice");
        return new Uri(services["http:0"] ?? services["https:0"] ?? "http://localhost:5081");
    }
}

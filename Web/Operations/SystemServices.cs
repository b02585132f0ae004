using System.Text.Json;
using StackExchange.Redis;
using Trading.ServiceDefaults.Settings;

namespace Trading.Web.Operations;

/// <summary>What joins this service to the others: settings, spans and errors.</summary>
internal static class SystemServices
{
    private const string Cache = "cache";
    private const int ConnectTimeoutMilliseconds = 1000;
    private const int ReconnectEveryMilliseconds = 1000;
    private const string Client = "settings";

    /// <summary>
    /// Settings come from the API, since there is no database here. Redis tells of changes and takes the spans; without
    /// it the settings are read every 30 seconds, and the traces end at the API.
    /// </summary>
    public static void AddSystem(this WebApplicationBuilder builder)
    {
        if (builder.Configuration.GetConnectionString(Cache) is { Length: > 0 })
        {
            builder.AddRedisClient(
                Cache,
                settings => settings.DisableHealthChecks = true,
                options =>
                {
                    options.AbortOnConnectFail = false;
                    options.ConnectTimeout = ConnectTimeoutMilliseconds;
                    options.ReconnectRetryPolicy = new LinearRetry(ReconnectEveryMilliseconds);
                });
        }

        builder.Services.AddHttpClient(Client, http =>
        {
            http.BaseAddress = TradingApi.Address;
            foreach (var (name, value) in builder.Configuration.ServiceHeaders())
            {
                http.DefaultRequestHeaders.Add(name, value);
            }
        });
        builder.AddRuntimeSettings(services =>
        {
            var clients = services.GetRequiredService<IHttpClientFactory>();
            return cancellationToken => ReadAsync(clients, cancellationToken);
        });
    }

    private static async Task<IReadOnlyDictionary<string, string>> ReadAsync(
        IHttpClientFactory clients, CancellationToken cancellationToken)
    {
        using var http = clients.CreateClient(Client);
        await using var body = await http.GetStreamAsync(new Uri("internal/settings", UriKind.Relative), cancellationToken);
        return await JsonSerializer.DeserializeAsync<Dictionary<string, string>>(body, cancellationToken: cancellationToken)
            ?? [];
    }
}

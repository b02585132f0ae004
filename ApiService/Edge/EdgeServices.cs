using System.Text.Json;
using System.Text.Json.Serialization;
using Trading.ApiService.Auth;
using Trading.ApiService.Caching;
using Trading.ApiService.Idempotency;
using Trading.ServiceDefaults;

namespace Trading.ApiService.Edge;

internal static class EdgeServices
{
    // A batch names 500 tickers of up to 24 characters in its address.
    private const int LongestRequestLine = 32 * 1024;
    private const long LargestBody = 1 << 20;

    /// <summary>What every request meets before its feature: limits of size, JSON, problems, compression.</summary>
    public static WebApplicationBuilder AddEdge(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestLineSize = LongestRequestLine;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
        });
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            // What a body has too many, such as owner_id, was meant to do something.
            json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default);
        });
        // So that the failure handler can say which field of a body cannot be read.
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.AddExceptionHandler<FailureHandler>();
        builder.AddSurroundings();
        builder.Services.AddRequestBodies();
        builder.AddIdempotency();
        builder.Services.AddCompression();
        builder.Services.AddDocumentation();
        return builder;
    }

    /// <summary>What every request passes, outermost first.</summary>
    public static void UseEdge(this WebApplication app)
    {
        app.UseKnownProxies();
        app.UseRequestStamp();
        app.UseProblemPages();
        app.UseTrustedHosts();
        app.UseCompression();
        app.UseRouting();
        app.UseKnownOrigins();
        app.UseAccounts();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseQueryGuard();
        app.UseEndpointCache();
        app.UseRequestBodies();
        app.UseIdempotency();
    }
}

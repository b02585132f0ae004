using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Trading.ApiService.Auth;
using Trading.ApiService.Edge;
using Trading.Contracts;
using Trading.Data.Diagnostics;
using Trading.Data.Errors;
using Trading.ServiceDefaults;
using Trading.ServiceDefaults.Health;
using Trading.ServiceDefaults.RateLimits;

namespace Trading.ApiService.Monitoring;

/// <summary>How the system fares, for those who operate it.</summary>
internal static class MonitoringApi
{
    private const int MostErrors = 100;
    private const int TraceIdLength = 32;

    public static IHostApplicationBuilder AddMonitoring(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<Traffic>();
        if (builder.HasTelemetry())
        {
            services.AddHostedService(provider => provider.GetRequiredService<Traffic>());
        }

        services.AddHttpClient(SystemHealth.WorkerClient);
        services.AddSingleton<SystemHealth>();
        services.AddSingleton<RedisFigures>();
        services.AddSingleton<ProcessFigures>();
        services.AddSingleton<Traces>();
        services.AddSingleton<Dashboard>();
        builder.AddTradingHealthCheck<WorkerHealth>("worker", critical: false);
        builder.AddTradingHealthCheck<CacheBackendHealth>("cache_backend", critical: false);
        builder.AddTradingHealthCheck<ModelHealth>("model", critical: false);
        builder.AddTradingHealthCheck<AiHealth>("ai", critical: false);
        return builder;
    }

    public static void MapMonitoring(this IEndpointRouteBuilder routes)
    {
        var monitoring = routes.MapGroup("/monitoring").WithTags("Monitoring");
        monitoring.MapGet("/health", Health)
            .WithName("GetHealth")
            .WithSummary("The health of the whole system in one word")
            .AllowAnonymous()
            .Produces<HealthSummaryResponse>()
            .ProducesProblems(429);

        monitoring.MapGroup("").RequireAuthorization(Policies.Admin).MapCacheClearing();
        var inside = monitoring.MapGroup("").RequireAuthorization(Policies.Admin).OpenToKeys(Scopes.MonitoringRead);
        inside.MapGet("/health/detailed", DetailedHealth)
            .WithName("GetDetailedHealth")
            .WithSummary("Every check of every service")
            .Produces<DetailedHealthResponse>()
            .ProducesProblems(401, 403, 429);
        inside.MapGet("/dashboard", GetDashboard)
            .WithName("GetDashboard")
            .WithSummary("All that an operations page shows")
            .Produces<DashboardResponse>()
            .ProducesProblems(401, 403, 429);
        inside.MapMetricsReadout();
        inside.MapGet("/traces", ListTraces)
            .WithName("ListTraces")
            .WithSummary("The newest traces of all services, newest first")
            .Produces<IReadOnlyList<TraceResponse>>()
            .ProducesProblems(400, 401, 403, 429);
        inside.MapGet("/traces/{traceId}", GetTrace)
            .WithName("GetTrace")
            .WithSummary("One trace with its steps")
            .Produces<TraceDetailResponse>()
            .ProducesProblems(400, 401, 403, 404, 429);
        inside.MapGet("/errors", ListErrors)
            .WithName("ListErrors")
            .WithSummary("Errors by kind, the newest first")
            .Produces<IReadOnlyList<ErrorGroupResponse>>()
            .ProducesProblems(401, 403, 429, 503);
        inside.MapGet("/slow-queries", ListSlowQueries)
            .WithName("ListSlowQueries")
            .WithSummary("Statements of this replica that took long, with their plans")
            .Produces<IReadOnlyList<SlowQueryResponse>>()
            .ProducesProblems(401, 403, 429);
        inside.MapCache();
        inside.MapGet("/rate-limits", ListRateLimits)
            .WithName("ListRateLimits")
            .WithSummary("What each limit did at this replica")
            .Produces<IReadOnlyList<RateLimitResponse>>()
            .ProducesProblems(401, 403, 429);
    }

    private static async Task<IResult> Health(SystemHealth system, CancellationToken cancellationToken) =>
        Json(new HealthSummaryResponse((await system.ReadAsync(cancellationToken)).Status));

    private static async Task<IResult> DetailedHealth(SystemHealth system, CancellationToken cancellationToken) =>
        Json(await system.ReadAsync(cancellationToken));

    private static async Task<IResult> GetDashboard(Dashboard dashboard, CancellationToken cancellationToken) =>
        Json(await dashboard.ReadAsync(cancellationToken));

    private static async Task<IResult> ListTraces(
        [FromQuery(Name = "min_ms"), Description("Leaves out what was faster; a number of milliseconds.")] string? minMs,
        [FromQuery(Name = "failed"), Description("true leaves out what did not fail.")] string? failed,
        [FromQuery(Name = "service"), Description("Only traces that went through it, such as apiservice.")] string? service,
        [FromQuery(Name = "name"), Description("Part of the name of what began the trace.")] string? name,
        Traces traces,
        CancellationToken cancellationToken)
    {
        var minimum = 0d;
        var check = new Validation()
            .Require(
                minMs is null || (double.TryParse(minMs, System.Globalization.CultureInfo.InvariantCulture, out minimum)
                    && double.IsFinite(minimum) && minimum >= 0),
                "min_ms",
                "A number of milliseconds.")
            .Require(failed is null or "true" or "false", "failed", "true or false.");
        return check.Problem is { } problem
            ? problem
            : Json(await traces.ListAsync(minimum, failed == "true", service, name, cancellationToken));
    }

    private static async Task<IResult> GetTrace(string traceId, Traces traces, CancellationToken cancellationToken)
    {
        if (traceId.Length != TraceIdLength || !traceId.All(char.IsAsciiHexDigitLower))
        {
            return ApiProblem.BadRequest(ErrorCodes.InvalidParameter, "A trace's id has 32 hex digits, in lower case.");
        }

        return await traces.FindAsync(traceId, cancellationToken) is { } trace
            ? Json(trace)
            : ApiProblem.NotFound(ErrorCodes.NotFound, "No span of this trace is kept; only the newest are.");
    }

    private static async Task<IResult> ListErrors(ErrorStore errors, CancellationToken cancellationToken) =>
        Json<IReadOnlyList<ErrorGroupResponse>>(
            [.. (await errors.ListAsync(MostErrors, cancellationToken)).Select(Dashboard.Describe)]);

    private static JsonHttpResult<IReadOnlyList<SlowQueryResponse>> ListSlowQueries(SlowQueries queries) =>
        Json<IReadOnlyList<SlowQueryResponse>>([.. queries.Newest.Select(Dashboard.Describe)]);

    private static JsonHttpResult<IReadOnlyList<RateLimitResponse>> ListRateLimits(SharedRateLimits limits) =>
        Json<IReadOnlyList<RateLimitResponse>>([.. limits.Statistics.Select(Dashboard.Describe)]);

    private static JsonHttpResult<T> Json<T>(T body) => TypedResults.Json(body, ApiJson.Default);
}

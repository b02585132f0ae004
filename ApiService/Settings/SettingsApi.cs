using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.FeatureManagement;
using Trading.ApiService.Audit;
using Trading.ApiService.Auth;
using Trading.ApiService.Edge;
using Trading.ApiService.Limits;
using Trading.Contracts;
using Trading.Data.Settings;
using Trading.ServiceDefaults.Logging;
using Trading.ServiceDefaults.Settings;

namespace Trading.ApiService.Settings;

/// <summary>Levels of logs and feature flags, changed while the system runs, in every service.</summary>
internal static class SettingsApi
{
    private const int LongestKey = 200;
    private const string FlagPrefix = "FeatureManagement:";

    public static IHostApplicationBuilder AddSettings(this IHostApplicationBuilder builder)
    {
        builder.AddRuntimeSettings(services => services.GetRequiredService<SettingStore>().ReadAsync);
        builder.Services.AddFeatureManagement();
        return builder;
    }

    public static void MapSettings(this IEndpointRouteBuilder routes)
    {
        var settings = routes.MapGroup("/settings").WithTags("Settings").RequireAuthorization(Policies.Admin);
        settings.MapGet("", List)
            .WithName("ListSettings")
            .WithSummary("What may be changed while the system runs, and what holds now")
            .Produces<IReadOnlyList<SettingResponse>>()
            .ProducesProblems(401, 403, 429, 503);
        settings.MapPut("/{key}", Set)
            .WithName("SetSetting")
            .WithSummary("Changes a setting in every service")
            .WithDescription("Keys: LOG_LEVEL, Logging:LogLevel:{category}, FeatureManagement:{feature}.")
            .Produces<SettingResponse>()
            .ProducesProblems(400, 401, 403, 413, 415, 429, 503);
        settings.MapDelete("/{key}", Remove)
            .WithName("RemoveSetting")
            .WithSummary("Takes a change back: files and environment hold again")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblems(401, 403, 404, 429, 503);
        routes.MapGet("/features", ListFeatures)
            .WithTags("Settings")
            .WithName("ListFeatures")
            .WithSummary("What is switched on here")
            .AllowAnonymous()
            .IsPublicRead()
            .Produces<IReadOnlyList<FeatureResponse>>()
            .ProducesProblems(429);
    }

    /// <summary>For services without a database: what the web front end reads, by the key that both were given.</summary>
    public static void MapSettingsFeed(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/internal/settings", ReadAll).ExcludeFromDescription().AllowAnonymous();

    private static async Task<IResult> ReadAll(
        HttpContext context, TrustedCaller trusted, SettingStore store, CancellationToken cancellationToken) =>
        trusted.Sent(context.Request)
            ? TypedResults.Json(await store.ReadAsync(cancellationToken), ApiJson.Default.AuditDetails)
            : ProblemPages.For(StatusCodes.Status404NotFound);

    private static async Task<IResult> List(
        SettingStore store, IConfiguration configuration, IFeatureManager features, CancellationToken cancellationToken)
    {
        var changed = (await store.ListAsync(cancellationToken)).ToDictionary(row => row.Key);
        var all = new List<SettingResponse>();
        foreach (var key in Features.All.Keys.Select(name => FlagPrefix + name)
            .Append(JsonLogging.LevelKey).Union(changed.Keys).Order(StringComparer.Ordinal))
        {
            var value = key.StartsWith(FlagPrefix, StringComparison.Ordinal)
                ? (await features.IsEnabledAsync(key[FlagPrefix.Length..])).ToString().ToLowerInvariant()
                : configuration[key] ?? configuration["Logging:LogLevel:Default"];
            all.Add(Describe(key, value, changed.GetValueOrDefault(key)));
        }

        return Json<IReadOnlyList<SettingResponse>>(all);
    }

    private static async Task<IResult> Set(
        string key,
        SettingRequest request,
        HttpContext context,
        SettingStore store,
        SettingsFeed feed,
        AuditTrail audit,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (Check(key, request.Value) is { } problem)
        {
            return problem;
        }

        var row = new SettingRow
        {
            Key = key,
            Value = request.Value!,
            UpdatedBy = context.User.Identity?.Name ?? "",
            UpdatedAt = time.GetUtcNow().UtcDateTime,
        };
        await store.SetAsync(row, cancellationToken);
        await audit.RecordAsync(context, EventOf(key, request.Value!), cancellationToken);
        await feed.PublishAsync();
        return Json(Describe(key, row.Value, row));
    }

    private static async Task<IResult> Remove(
        string key,
        HttpContext context,
        SettingStore store,
        SettingsFeed feed,
        AuditTrail audit,
        CancellationToken cancellationToken)
    {
        if (!await store.RemoveAsync(key, cancellationToken))
        {
            return ApiProblem.NotFound(ErrorCodes.NotFound, "This key was not changed; /api/v1/settings lists what was.");
        }

        await audit.RecordAsync(context, EventOf(key, "as configured"), cancellationToken);
        await feed.PublishAsync();
        return TypedResults.NoContent();
    }

    private static async Task<IResult> ListFeatures(IFeatureManager features)
    {
        var all = new List<FeatureResponse>();
        foreach (var (name, description) in Features.All)
        {
            all.Add(new FeatureResponse(name, await features.IsEnabledAsync(name), description));
        }

        return Json<IReadOnlyList<FeatureResponse>>(all);
    }

    private static ApiProblem? Check(string key, string? value)
    {
        var check = new Validation().Require(
            key.Length <= LongestKey && RuntimeSettings.Allows(key) && !key.Any(char.IsControl)
                && (!key.StartsWith(FlagPrefix, StringComparison.Ordinal) || Features.All.ContainsKey(key[FlagPrefix.Length..])),
            "key",
            $"LOG_LEVEL, Logging:LogLevel:category, or {FlagPrefix} with one of {string.Join(", ", Features.All.Keys)}.");
        return (key.StartsWith(FlagPrefix, StringComparison.Ordinal)
            ? check.Require(value is "true" or "false", "value", "true or false.")
            : check.Require(
                value is not null && Enum.GetNames<LogLevel>().Contains(value), "value", $"One of {string.Join(", ", Enum.GetNames<LogLevel>())}."))
            .Problem;
    }

    private static AuditEvent EventOf(string key, string value) => new(
        AuditActions.SettingChange,
        AuditOutcome.Success,
        Subject: key,
        Details: new Dictionary<string, string> { ["value"] = value });

    private static SettingResponse Describe(string key, string? value, SettingRow? row) =>
        new(key, value, row is not null, row?.UpdatedBy, row?.UpdatedAt);

    private static JsonHttpResult<T> Json<T>(T body) => TypedResults.Json(body, ApiJson.Default);
}

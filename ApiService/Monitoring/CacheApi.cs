using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Trading.ApiService.Audit;
using Trading.ApiService.Edge;
using Trading.Contracts;
using Trading.ServiceDefaults.Cache;

namespace Trading.ApiService.Monitoring;

/// <summary>The cache, for those who operate it.</summary>
internal static class CacheApi
{
    private const int LongestTag = 100;

    public static void MapCache(this IEndpointRouteBuilder inside)
    {
        inside.MapGet("/cache", Get)
            .WithName("GetCache")
            .WithSummary("Redis as this replica sees it, and what this replica cached")
            .Produces<CacheResponse>()
            .ProducesProblems(401, 403, 429);
    }

    public static void MapCacheClearing(this IEndpointRouteBuilder operate)
    {
        operate.MapDelete("/cache", Clear)
            .WithName("ClearCache")
            .WithSummary("Makes cached answers stale, at every replica")
            .WithDescription("Those with a tag (instruments, bars, bars.live, actions, signals), those whose key matches a "
                + "pattern (such as GetBars/AAPL*), or all where neither is given.")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblems(400, 401, 403, 429, 503);
    }

    private static async Task<IResult> Get(RedisFigures redis, CancellationToken cancellationToken) =>
        TypedResults.Json(await redis.ReadAsync(cancellationToken), ApiJson.Default);

    private static async Task<IResult> Clear(
        [FromQuery, Description("What answers were made of.")] string? tag,
        [FromQuery, Description("Keys; * stands for any text.")] string? pattern,
        HttpContext context,
        TradingCache cache,
        AuditTrail audit,
        CancellationToken cancellationToken)
    {
        if ((tag is not null && pattern is not null)
            || (tag is not null && (tag.Length is 0 or > LongestTag || tag.Any(char.IsControl)))
            || (pattern is not null && !KeyPattern.IsValid(pattern)))
        {
            return ApiProblem.BadRequest(
                ErrorCodes.InvalidParameter,
                $"A tag of at most {LongestTag} printable characters, or a pattern of at most {KeyPattern.Longest}, not both.");
        }

        await (tag is not null ? cache.InvalidateAsync(tag)
            : pattern is not null ? cache.InvalidateMatchingAsync(pattern)
            : cache.InvalidateAllAsync());
        await audit.RecordAsync(
            context,
            new AuditEvent(AuditActions.CacheClear, AuditOutcome.Success, Subject: tag ?? pattern ?? "*"),
            cancellationToken);
        return TypedResults.NoContent();
    }
}

using Trading.ApiService.Edge;
using Trading.ApiService.Quotes;
using Trading.ApiService.Stream;
using Trading.Contracts;
using Trading.Data.Diagnostics;
using Trading.Data.Errors;
using Trading.ServiceDefaults.RateLimits;

namespace Trading.ApiService.Monitoring;

/// <summary>Puts together what an operations page shows. A store that is away leaves its part out.</summary>
internal sealed class Dashboard(
    SystemHealth system,
    Traffic traffic,
    QuoteBoard board,
    QuoteFeed feed,
    StreamConnections connections,
    RedisFigures redis,
    SharedRateLimits limits,
    ProcessFigures process,
    ErrorStore errors,
    SlowQueries queries)
{
    private const int ErrorsShown = 10;
    private const int QueriesShown = 10;

    public async Task<DashboardResponse> ReadAsync(CancellationToken cancellationToken)
    {
        var health = system.ReadAsync(cancellationToken);
        var cache = redis.ReadAsync(cancellationToken);
        var groups = ErrorsAsync(cancellationToken);
        return new DashboardResponse(
            system.Now,
            await health,
            traffic.LastMinute,
            new QuoteFlowResponse(board.Sequence, feed.SinceNews?.TotalSeconds, connections.Count, !feed.IsPolled),
            await cache,
            [.. limits.Statistics.Select(Describe)],
            process.Read(),
            await groups,
            [.. queries.Newest.Take(QueriesShown).Select(Describe)]);
    }

    public static ErrorGroupResponse Describe(ErrorGroup group) => new(
        group.Fingerprint,
        group.Service,
        group.Type,
        group.Template,
        group.Location,
        group.LastMessage,
        group.LastTraceId,
        group.Count,
        group.FirstSeen,
        group.LastSeen);

    public static SlowQueryResponse Describe(SlowQuery query) =>
        new(query.Sql, Math.Round(query.Milliseconds, 1), query.Time, query.TraceId, query.Plan);

    public static RateLimitResponse Describe(RateLimitStatistics limit) => new(
        limit.Rule,
        limit.Algorithm.ToString(),
        limit.Permits,
        limit.Window.TotalSeconds,
        limit.Allowed,
        limit.Refused,
        limit.Partitions,
        limit.Shared);

    private async Task<IReadOnlyList<ErrorGroupResponse>?> ErrorsAsync(CancellationToken cancellationToken)
    {
        try
        {
            return [.. (await errors.ListAsync(ErrorsShown, cancellationToken)).Select(Describe)];
        }
        catch (Exception error) when (StoreFailures.IsAway(error))
        {
            return null;
        }
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Trading.ServiceDefaults.Logging;

namespace Trading.Data.Diagnostics;

/// <summary>
/// Watches for statements that take longer than <c>Database:SlowQuery</c> (100 ms), and looks up how PostgreSQL runs each,
/// behind the caller's back and at most once in ten minutes.
/// </summary>
public sealed partial class SlowQueries : BackgroundService
{
    private const int Kept = 100;
    private const int QueueLength = 100;
    private static readonly TimeSpan _explainEvery = TimeSpan.FromMinutes(10);

    private readonly Channel<SlowQuery> _seen =
        Channel.CreateBounded<SlowQuery>(new BoundedChannelOptions(QueueLength) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly ConcurrentQueue<SlowQuery> _queries = new();
    private readonly Dictionary<string, (string? Plan, long At)> _plans = [];
    private readonly QueryPlans _explain;
    private readonly TimeSpan _slow;
    private readonly TimeProvider _time;
    private readonly ILogger<SlowQueries> _logger;
    private readonly ActivityListener _listener;

    public SlowQueries(QueryPlans explain, IOptions<SlowQueryOptions> options, TimeProvider time, ILogger<SlowQueries> logger)
    {
        (_explain, _time, _logger) = (explain, time, logger);
        _slow = options.Value.SlowQuery;
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            // Every statement is looked at, in a trace or not: next to what a statement takes it is nothing.
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = Look,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>The newest, newest first.</summary>
    public IReadOnlyList<SlowQuery> Newest => [.. _queries.Reverse()];

    public override void Dispose()
    {
        _listener.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var query in _seen.Reader.ReadAllAsync(stoppingToken))
        {
            var known = query with { Plan = await PlanOfAsync(query.Sql, stoppingToken) };
            LogSlow(known.Milliseconds, known.Sql, known.TraceId, known.Plan);
            _queries.Enqueue(known);
            while (_queries.Count > Kept && _queries.TryDequeue(out _))
            {
                // The oldest go.
            }
        }
    }

    private void Look(Activity activity)
    {
        if (activity.Duration < _slow)
        {
            return;
        }

        var sql = activity.GetTagItem("db.query.text") as string ?? activity.GetTagItem("db.statement") as string;
        // Whoever waits for a lock is not slow.
        if (sql is not null && !QueryPlans.IsOurs(sql) && !sql.Contains("pg_advisory", StringComparison.Ordinal))
        {
            _seen.Writer.TryWrite(new SlowQuery(
                Redaction.Clean(sql),
                activity.Duration.TotalMilliseconds,
                activity.StartTimeUtc + activity.Duration,
                activity.ParentSpanId == default ? null : activity.TraceId.ToHexString(),
                null));
        }
    }

    private async Task<string?> PlanOfAsync(string sql, CancellationToken cancellationToken)
    {
        if (_plans.TryGetValue(sql, out var known) && _time.GetElapsedTime(known.At) < _explainEvery)
        {
            return known.Plan;
        }

        if (_plans.Count > Kept)
        {
            _plans.Clear();
        }

        var plan = await _explain.FindAsync(sql, cancellationToken);
        _plans[sql] = (plan, _time.GetTimestamp());
        return plan;
    }

    [LoggerMessage(LogLevel.Warning, "A statement took {Milliseconds:F0} ms: {Sql} (trace {Trace}) {Plan}")]
    private partial void LogSlow(double milliseconds, string sql, string? trace, string? plan);
}

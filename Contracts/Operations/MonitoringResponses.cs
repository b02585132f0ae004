namespace Trading.Contracts;

/// <summary>How a service fares.</summary>
/// <param name="Name">The service.</param>
/// <param name="Status"><c>Healthy</c>, <c>Degraded</c>, <c>Unhealthy</c>, or <c>Unreachable</c>.</param>
/// <param name="Checks">Its checks by name; empty where it does not tell.</param>
public sealed record ServiceHealthResponse(
    string Name, string Status, IReadOnlyDictionary<string, CheckHealthResponse> Checks);

/// <summary>One check of a service.</summary>
/// <param name="Status"><c>Healthy</c>, <c>Degraded</c> or <c>Unhealthy</c>.</param>
/// <param name="Description">A sentence for the operator.</param>
/// <param name="Critical">Whether the service cannot do its work without it.</param>
/// <param name="DurationMs">How long the check took, in milliseconds.</param>
public sealed record CheckHealthResponse(string Status, string? Description, bool Critical, double DurationMs);

/// <summary>The health of the whole system in one word.</summary>
/// <param name="Status">The worst status of its services.</param>
public sealed record HealthSummaryResponse(string Status);

/// <summary>The health of every service.</summary>
/// <param name="Status">The worst of them.</param>
/// <param name="Services">Each service.</param>
public sealed record DetailedHealthResponse(string Status, IReadOnlyList<ServiceHealthResponse> Services);

/// <summary>Requests to this replica over the last minute.</summary>
/// <param name="RequestsPerSecond">Requests answered a second.</param>
/// <param name="FailuresPerSecond">Those answered with 500 and above.</param>
/// <param name="RefusedPerSecond">Those answered with 4xx.</param>
/// <param name="MedianMs">Half of them were faster, in milliseconds; null without any.</param>
/// <param name="P95Ms">95 of 100 were faster, in milliseconds.</param>
/// <param name="P99Ms">99 of 100 were faster, in milliseconds.</param>
public sealed record TrafficResponse(
    double RequestsPerSecond,
    double FailuresPerSecond,
    double RefusedPerSecond,
    double? MedianMs,
    double? P95Ms,
    double? P99Ms);

/// <summary>What one limit did at this replica since it started.</summary>
/// <param name="Name">The limit.</param>
/// <param name="Algorithm">How it counts.</param>
/// <param name="Permits">How many it allows.</param>
/// <param name="WindowSeconds">In how long.</param>
/// <param name="Allowed">Requests let through.</param>
/// <param name="Refused">Requests refused.</param>
/// <param name="Callers">Callers that it keeps in mind.</param>
/// <param name="Shared">Whether the state is in Redis, for all replicas.</param>
public sealed record RateLimitResponse(
    string Name,
    string Algorithm,
    int Permits,
    double WindowSeconds,
    long Allowed,
    long Refused,
    int Callers,
    bool Shared);

/// <summary>Errors of one kind at one place.</summary>
/// <param name="Fingerprint">Names the kind.</param>
/// <param name="Service">Where it happened last.</param>
/// <param name="Type">The exception's type.</param>
/// <param name="Template">The log message without its values.</param>
/// <param name="Location">The uppermost frame of our own code.</param>
/// <param name="LastMessage">The newest exception's message.</param>
/// <param name="LastTraceId">The newest one's trace.</param>
/// <param name="Count">How often.</param>
/// <param name="FirstSeen">First, UTC.</param>
/// <param name="LastSeen">Last, UTC.</param>
public sealed record ErrorGroupResponse(
    string Fingerprint,
    string Service,
    string Type,
    string Template,
    string Location,
    string LastMessage,
    string? LastTraceId,
    long Count,
    DateTime FirstSeen,
    DateTime LastSeen);

/// <summary>A statement that took long.</summary>
/// <param name="Sql">The statement, without values.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Time">When it ended, UTC.</param>
/// <param name="TraceId">The trace that it was part of.</param>
/// <param name="Plan">How PostgreSQL runs it for any values.</param>
public sealed record SlowQueryResponse(string Sql, double Milliseconds, DateTime Time, string? TraceId, string? Plan);

/// <summary>A trace in one line.</summary>
/// <param name="TraceId">32 hex digits.</param>
/// <param name="Name">What began it.</param>
/// <param name="Services">The services it went through.</param>
/// <param name="Start">When it began, UTC.</param>
/// <param name="Milliseconds">From the first span's start to the last one's end.</param>
/// <param name="Spans">How many spans are kept of it.</param>
/// <param name="Failed">Whether one of them failed.</param>
public sealed record TraceResponse(
    string TraceId,
    string Name,
    IReadOnlyList<string> Services,
    DateTime Start,
    double Milliseconds,
    int Spans,
    bool Failed);

/// <summary>One step of a trace.</summary>
/// <param name="SpanId">16 hex digits.</param>
/// <param name="ParentId">The step that it is part of.</param>
/// <param name="Service">Where it ran.</param>
/// <param name="Name">What was done.</param>
/// <param name="Kind"><c>server</c>, <c>client</c>, <c>producer</c>, <c>consumer</c> or <c>internal</c>.</param>
/// <param name="Start">When it began, UTC.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Failed">Whether it failed.</param>
/// <param name="Tags">What else is known.</param>
public sealed record SpanResponse(
    string SpanId,
    string? ParentId,
    string Service,
    string Name,
    string Kind,
    DateTime Start,
    double Milliseconds,
    bool Failed,
    IReadOnlyDictionary<string, string> Tags);

/// <summary>A trace with its steps, in the order of their start.</summary>
/// <param name="Trace">The trace.</param>
/// <param name="Spans">Its steps.</param>
public sealed record TraceDetailResponse(TraceResponse Trace, IReadOnlyList<SpanResponse> Spans);

/// <summary>The process of this replica.</summary>
/// <param name="UptimeSeconds">Since it started.</param>
/// <param name="CpuPercent">Of one core, over the time since it was asked last.</param>
/// <param name="WorkingSetBytes">Memory it holds.</param>
/// <param name="HeapBytes">Of that, managed objects.</param>
/// <param name="Threads">Threads of the pool.</param>
/// <param name="QueuedWork">Work that waits for a thread.</param>
public sealed record ProcessResponse(
    double UptimeSeconds, double CpuPercent, long WorkingSetBytes, long HeapBytes, int Threads, long QueuedWork);

/// <summary>Quotes and streams of this replica.</summary>
/// <param name="Sequence">The newest frame's number.</param>
/// <param name="AgeSeconds">Since the newest frame; null before the first.</param>
/// <param name="Connections">Open WebSockets.</param>
/// <param name="ByRedis">Whether quotes come over Redis; from the worker itself otherwise.</param>
public sealed record QuoteFlowResponse(long Sequence, double? AgeSeconds, int Connections, bool ByRedis);

/// <summary>What an operations page shows.</summary>
/// <param name="Time">When this was read, UTC.</param>
/// <param name="Health">Every service.</param>
/// <param name="Traffic">Requests of the last minute.</param>
/// <param name="Quotes">Quotes and streams.</param>
/// <param name="Cache">Redis, and what this replica cached.</param>
/// <param name="Limits">The limits.</param>
/// <param name="Process">The process.</param>
/// <param name="Errors">The newest kinds of errors; null while the database is away.</param>
/// <param name="SlowQueries">The newest slow statements.</param>
public sealed record DashboardResponse(
    DateTime Time,
    DetailedHealthResponse Health,
    TrafficResponse Traffic,
    QuoteFlowResponse Quotes,
    CacheResponse Cache,
    IReadOnlyList<RateLimitResponse> Limits,
    ProcessResponse Process,
    IReadOnlyList<ErrorGroupResponse>? Errors,
    IReadOnlyList<SlowQueryResponse> SlowQueries);

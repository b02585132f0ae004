using Json = Trading.Contracts.ContractsJsonContext;

namespace Trading.Contracts;

/// <content>Monitoring, settings and features.</content>
public sealed partial class TradingClient
{
    private const string MonitoringPath = "api/v1/monitoring";
    private const string SettingsPath = "api/v1/settings";

    /// <summary>All that an operations page shows. Admins only.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<DashboardResponse> GetDashboardAsync(CancellationToken cancellationToken = default) =>
        GetAsync(new RequestPath(MonitoringPath).Under("dashboard"), Json.Default.DashboardResponse, cancellationToken);

    /// <summary>The health of every service. Admins only.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<DetailedHealthResponse> GetDetailedHealthAsync(CancellationToken cancellationToken = default) => GetAsync(
        new RequestPath(MonitoringPath).Under("health").Under("detailed"),
        Json.Default.DetailedHealthResponse,
        cancellationToken);

    /// <summary>The newest traces, newest first. Admins only.</summary>
    /// <param name="minimumMs">Leaves out what was faster; null leaves out nothing.</param>
    /// <param name="failed">True leaves out what did not fail.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IReadOnlyList<TraceResponse>> ListTracesAsync(
        int? minimumMs = null, bool failed = false, CancellationToken cancellationToken = default) => GetAsync(
        new RequestPath(MonitoringPath).Under("traces").With("min_ms", minimumMs).With("failed", failed ? "true" : null),
        Json.Default.IReadOnlyListTraceResponse,
        cancellationToken);

    /// <summary>One trace with its steps. Admins only.</summary>
    /// <param name="traceId">32 hex digits.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<TraceDetailResponse> GetTraceAsync(string traceId, CancellationToken cancellationToken = default) => GetAsync(
        new RequestPath(MonitoringPath).Under("traces").Under(traceId), Json.Default.TraceDetailResponse, cancellationToken);

    /// <summary>The newest kinds of errors. Admins only.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IReadOnlyList<ErrorGroupResponse>> ListErrorsAsync(CancellationToken cancellationToken = default) => GetAsync(
        new RequestPath(MonitoringPath).Under("errors"), Json.Default.IReadOnlyListErrorGroupResponse, cancellationToken);

    /// <summary>The newest slow statements of the API. Admins only.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IReadOnlyList<SlowQueryResponse>> ListSlowQueriesAsync(CancellationToken cancellationToken = default) => GetAsync(
        new RequestPath(MonitoringPath).Under("slow-queries"), Json.Default.IReadOnlyListSlowQueryResponse, cancellationToken);

    /// <summary>Redis, and what the replica that answers cached. Admins only.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<CacheResponse> GetCacheAsync(CancellationToken cancellationToken = default) =>
        GetAsync(new RequestPath(MonitoringPath).Under("cache"), Json.Default.CacheResponse, cancellationToken);

    /// <summary>Makes cached answers stale, at every replica. Admins only.</summary>
    /// <param name="tag">Only those made of this; null for any.</param>
    /// <param name="pattern">Only those whose key matches it, such as <c>GetBars/AAPL*</c>; null for any. Not with a tag.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task ClearCacheAsync(
        string? tag = null, string? pattern = null, CancellationToken cancellationToken = default) => DoAsync(
        HttpMethod.Delete,
        new RequestPath(MonitoringPath).Under("cache").With("tag", tag).With("pattern", pattern),
        null,
        cancellationToken);

    /// <summary>The metrics of the replica that answers. Admins only.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IReadOnlyList<MetricResponse>> ListMetricsAsync(CancellationToken cancellationToken = default) => GetAsync(
        new RequestPath(MonitoringPath).Under("metrics").With("format", "json"),
        Json.Default.IReadOnlyListMetricResponse,
        cancellationToken);

    /// <summary>What may be changed while the system runs. Admins only.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IReadOnlyList<SettingResponse>> ListSettingsAsync(CancellationToken cancellationToken = default) =>
        GetAsync(new RequestPath(SettingsPath), Json.Default.IReadOnlyListSettingResponse, cancellationToken);

    /// <summary>Changes a setting in every service. Admins only.</summary>
    /// <param name="key">Such as <c>LOG_LEVEL</c>.</param>
    /// <param name="request">The value.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<SettingResponse> SetSettingAsync(
        string key, SettingRequest request, CancellationToken cancellationToken = default) => SendAsync(
        HttpMethod.Put,
        new RequestPath(SettingsPath).Under(key),
        Body(request, Json.Default.SettingRequest),
        Json.Default.SettingResponse,
        cancellationToken);

    /// <summary>Takes a change of a setting back. Admins only.</summary>
    /// <param name="key">The setting.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task RemoveSettingAsync(string key, CancellationToken cancellationToken = default) =>
        DoAsync(HttpMethod.Delete, new RequestPath(SettingsPath).Under(key), null, cancellationToken);

    /// <summary>What is switched on.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IReadOnlyList<FeatureResponse>> ListFeaturesAsync(CancellationToken cancellationToken = default) =>
        GetAsync(new RequestPath("api/v1/features"), Json.Default.IReadOnlyListFeatureResponse, cancellationToken);
}

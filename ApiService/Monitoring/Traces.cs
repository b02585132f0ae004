using Trading.Contracts;
using Trading.ServiceDefaults.Tracing;

namespace Trading.ApiService.Monitoring;

/// <summary>Makes traces of the spans that the services keep.</summary>
internal sealed class Traces(SpanExchange exchange)
{
    private const int MostListed = 100;

    public async Task<IReadOnlyList<TraceResponse>> ListAsync(
        double minimumMs, bool failedOnly, string? service, string? name, CancellationToken cancellationToken) =>
        [.. (await exchange.ReadAsync(cancellationToken))
            .GroupBy(span => span.TraceId)
            .Select(trace => Describe([.. trace]))
            .Where(trace => trace.Milliseconds >= minimumMs
                && (!failedOnly || trace.Failed)
                && (service is null || trace.Services.Contains(service))
                && (name is null || trace.Name.Contains(name, StringComparison.OrdinalIgnoreCase)))
            .OrderByDescending(trace => trace.Start)
            .Take(MostListed)];

    public async Task<TraceDetailResponse?> FindAsync(string traceId, CancellationToken cancellationToken)
    {
        var spans = (await exchange.ReadAsync(cancellationToken))
            .Where(span => span.TraceId == traceId).OrderBy(span => span.Start).ToArray();
        return spans.Length == 0 ? null : new TraceDetailResponse(
            Describe(spans),
            [.. spans.Select(span => new SpanResponse(
                span.SpanId,
                span.ParentId,
                span.Service,
                span.Name,
                span.Kind,
                span.Start,
                Math.Round(span.Milliseconds, 3),
                span.Failed,
                span.Tags))]);
    }

    private static TraceResponse Describe(SpanRecord[] spans)
    {
        var known = spans.Select(span => span.SpanId).ToHashSet();
        var first = spans.OrderBy(span => span.ParentId is { } parent && known.Contains(parent)).ThenBy(span => span.Start).First();
        var start = spans.Min(span => span.Start);
        var end = spans.Max(span => span.Start.AddMilliseconds(span.Milliseconds));
        return new TraceResponse(
            first.TraceId,
            first.Name,
            [.. spans.Select(span => span.Service).Distinct().Order(StringComparer.Ordinal)],
            start,
            Math.Round((end - start).TotalMilliseconds, 3),
            spans.Length,
            spans.Any(span => span.Failed));
    }
}

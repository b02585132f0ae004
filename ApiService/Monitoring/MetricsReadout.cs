using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Trading.ApiService.Edge;
using Trading.Contracts;
using Trading.ServiceDefaults.Metrics;

namespace Trading.ApiService.Monitoring;

/// <summary>The metrics of this replica, for who has an account here and no Prometheus.</summary>
internal static class MetricsReadout
{
    private const string Json = "json";
    private const string Prometheus = "prometheus";

    public static void MapMetricsReadout(this IEndpointRouteBuilder inside) => inside.MapGet("/metrics", Read)
        .WithName("GetMetrics")
        .WithSummary("The metrics of this replica, as Prometheus reads them or as JSON")
        .WithDescription("JSON by `format=json`, or by the header `Accept: application/json`; otherwise Prometheus' text"
            + " format. In JSON a value that is no finite number is null. 404 where telemetry is switched off.")
        .Produces<IReadOnlyList<MetricResponse>>(StatusCodes.Status200OK, "application/json", "text/plain")
        .ProducesProblems(400, 401, 403, 404, 429);

    private static async Task<IResult> Read(
        [FromQuery(Name = "format"), Description("prometheus or json.")] string? format, HttpContext context)
    {
        if (format is not (null or Json or Prometheus))
        {
            return ApiProblem.BadRequest(ErrorCodes.InvalidParameter, "format is prometheus or json.");
        }

        if (context.RequestServices.GetService<MetricsReading>() is not { } reading)
        {
            return ApiProblem.NotFound(ErrorCodes.NotFound, "Telemetry is switched off (Telemetry:Enabled).");
        }

        var snapshot = await reading.ReadAsync(context.RequestAborted);
        return (format ?? Wished(context.Request)) == Json
            ? Describe(snapshot)
            : TypedResults.Bytes(snapshot.Text, PrometheusText.ContentType);
    }

    private static string Wished(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(kind => kind.MediaType == "application/json") ? Json : Prometheus;

    private static JsonHttpResult<IReadOnlyList<MetricResponse>> Describe(MetricsSnapshot snapshot) =>
        TypedResults.Json<IReadOnlyList<MetricResponse>>(
            [.. snapshot.Families.Select(Describe)], ApiJson.Default);

    private static MetricResponse Describe(MetricFamily family) =>
        new(family.Name, family.Type, family.Help, [.. family.Samples.Select(Describe)]);

    private static MetricSampleResponse Describe(MetricSample sample) => new(
        sample.Name,
        sample.Labels.ToDictionary(StringComparer.Ordinal),
        double.IsFinite(sample.Value) ? sample.Value : null);
}

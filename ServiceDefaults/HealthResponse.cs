using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Trading.ServiceDefaults;

/// <summary>What a probe answers.</summary>
/// <param name="Status"><c>Healthy</c>, <c>Degraded</c> (works, with something missing) or <c>Unhealthy</c>.</param>
/// <param name="Checks">The status of each check by its name; null in production, where details are not for everyone.</param>
public sealed record HealthResponse(string Status, IReadOnlyDictionary<string, HealthCheckResponse>? Checks)
{
    internal static JsonSerializerOptions JsonOptions { get; } = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    internal static HealthResponse From(HealthReport report, bool detailed) => new(
        report.Status.ToString(),
        detailed
            ? report.Entries.ToDictionary(
                entry => entry.Key,
                entry => new HealthCheckResponse(entry.Value.Status.ToString(), entry.Value.Description))
            : null);
}

/// <summary>One check of a probe.</summary>
/// <param name="Status">As in <see cref="HealthResponse.Status"/>.</param>
/// <param name="Description">A sentence for the operator; null where there is nothing to say.</param>
public sealed record HealthCheckResponse(string Status, string? Description);

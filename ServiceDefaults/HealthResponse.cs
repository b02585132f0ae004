using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Trading.ServiceDefaults.Health;

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

    /// <summary>What a report says.</summary>
    /// <param name="report">The report.</param>
    /// <param name="detailed">Whether each check is named.</param>
    public static HealthResponse From(HealthReport report, bool detailed) => new(
        report.Status.ToString(),
        detailed
            ? report.Entries.ToDictionary(
                entry => entry.Key,
                entry => new HealthCheckResponse(
                    entry.Value.Status.ToString(),
                    entry.Value.Description,
                    entry.Value.Tags.Contains(TradingHealthChecks.Critical),
                    Math.Round(entry.Value.Duration.TotalMilliseconds, 1)))
            : null);
}

/// <summary>One check of a probe.</summary>
/// <param name="Status">As in <see cref="HealthResponse.Status"/>.</param>
/// <param name="Description">A sentence for the operator; null where there is nothing to say.</param>
/// <param name="Critical">Whether the service cannot do its work without it.</param>
/// <param name="DurationMs">How long the check took, in milliseconds.</param>
public sealed record HealthCheckResponse(string Status, string? Description, bool Critical, double DurationMs);

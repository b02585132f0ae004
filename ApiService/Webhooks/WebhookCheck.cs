using Trading.ApiService.Edge;
using Trading.Contracts;
using Trading.ServiceDefaults.Outbound;

namespace Trading.ApiService.Webhooks;

/// <summary>Checks what a user wants to be told, and where.</summary>
internal static class WebhookCheck
{
    /// <summary>The problem with an address and events; what is null is not checked.</summary>
    public static async Task<ApiProblem?> CheckAsync(
        string? url, IReadOnlyList<string>? events, OutboundGuard guard, CancellationToken cancellationToken)
    {
        var fault = url is null ? null : await guard.FaultOfAsync(url, cancellationToken);
        return new Validation()
            .Require(fault is null, "url", fault ?? "")
            .Require(
                events is null || (events.Count > 0 && events.All(IsKnown)),
                "events",
                $"One or more of {string.Join(", ", WebhookEventTypes.All.Keys)}.")
            .Problem;
    }

    public static string[] Distinct(IReadOnlyList<string> events) =>
        [.. events.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    // A body may have null among its texts.
    private static bool IsKnown(string? type) => type is not null && WebhookEventTypes.All.ContainsKey(type);
}

using System.Diagnostics;

namespace Trading.ApiService.Edge;

/// <summary>
/// What is known of a request when its answer starts, and survives when an exception clears the headers.
/// </summary>
internal sealed class RequestFacts(HttpContext context)
{
    public HttpContext Context { get; } = context;

    public long StartedAt { get; } = Stopwatch.GetTimestamp();

    /// <summary>Limit, remaining and reset as header values; null where the request is not limited.</summary>
    public (string Limit, string Remaining, string Reset)? Limits { get; set; }
}

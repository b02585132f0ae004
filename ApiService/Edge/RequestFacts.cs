using System.Diagnostics;
using Trading.ApiService.Limits;

namespace Trading.ApiService.Edge;

/// <summary>
/// What is known of a request when its answer starts, and survives when an exception clears the headers.
/// </summary>
internal sealed class RequestFacts(HttpContext context)
{
    public HttpContext Context { get; } = context;

    public long StartedAt { get; } = Stopwatch.GetTimestamp();

    /// <summary>The tightest limit as header values; null where the request is not limited.</summary>
    public LimitHeaders? Limits { get; set; }

    /// <summary>The limit that refused the request.</summary>
    public Charge? Refusal { get; set; }
}

internal readonly record struct LimitHeaders(string Limit, string Remaining, string Reset, string Policy);

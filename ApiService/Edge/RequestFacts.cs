using System.Diagnostics;
using Trading.ApiService.Limits;
using Trading.ServiceDefaults.Logging;

namespace Trading.ApiService.Edge;

/// <summary>
/// What is known of a request when its answer starts, and survives when an exception clears the headers.
/// </summary>
internal sealed class RequestFacts(HttpContext context) : IRequestIdentity
{
    public HttpContext Context { get; } = context;

    public long StartedAt { get; } = Stopwatch.GetTimestamp();

    /// <summary>Names the request in problems and logs where no trace is recorded of it.</summary>
    public string TraceId => field ??= MadeTraceId();

    /// <summary>Null where a task that the request left behind asks when it is over.</summary>
    public string? RequestId
    {
        get
        {
            try
            {
                return Context.TraceIdentifier;
            }
            catch (Exception over) when (over is ObjectDisposedException or NullReferenceException)
            {
                return null;
            }
        }
    }

    /// <summary>The tightest limit as header values; null where the request is not limited.</summary>
    public LimitHeaders? Limits { get; set; }

    /// <summary>The limit that refused the request.</summary>
    public Charge? Refusal { get; set; }

    // The caller's trace goes on where it has one.
    private string MadeTraceId() => ActivityContext.TryParse(Context.Request.Headers.TraceParent, null, out var caller)
        ? caller.TraceId.ToHexString()
        : ActivityTraceId.CreateRandom().ToHexString();
}

internal readonly record struct LimitHeaders(string Limit, string Remaining, string Reset, string Policy);

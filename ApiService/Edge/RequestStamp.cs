using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using Trading.ServiceDefaults.Logging;

namespace Trading.ApiService.Edge;

/// <summary>
/// What every answer carries: the request's id, the seconds it took, what its limits are, and what browsers may do.
/// </summary>
internal static class RequestStamp
{
    private const string IdHeader = "X-Request-ID";
    private const string TimeHeader = "X-Process-Time";
    private const int LongestId = 64;

    private static readonly SearchValues<char> _idCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:");

    // Most requests take less than a millisecond: their times are written down once.
    private static readonly string[] _seconds = [.. Enumerable.Range(0, 1000).Select(micros => Format(micros))];

    private static readonly Func<object, Task> _write = static state =>
    {
        Write((RequestFacts)state);
        return Task.CompletedTask;
    };

    public static IApplicationBuilder UseRequestStamp(this IApplicationBuilder app) => app.Use(next => context =>
    {
        // A caller's id goes to logs and back: only harmless characters, and not for ever.
        if (context.Request.Headers.TryGetValue(IdHeader, out var values) && values is [{ } id]
            && id.Length is > 0 and <= LongestId && !id.AsSpan().ContainsAnyExcept(_idCharacters))
        {
            context.TraceIdentifier = id;
        }

        var facts = new RequestFacts(context);
        context.Features.Set(facts);
        RequestIdentity.Current = facts;
        context.Response.OnStarting(_write, facts);
        return next(context);
    });

    private static void Write(RequestFacts facts)
    {
        var headers = facts.Context.Response.Headers;
        headers[IdHeader] = facts.Context.TraceIdentifier;
        headers[TimeHeader] = SecondsOf((long)Stopwatch.GetElapsedTime(facts.StartedAt).TotalMicroseconds);
        SecurityHeaders.Write(facts.Context);
        if (facts.Limits is var (limit, remaining, reset, policy))
        {
            headers["RateLimit-Limit"] = limit;
            headers["RateLimit-Remaining"] = remaining;
            headers["RateLimit-Reset"] = reset;
            headers["RateLimit-Policy"] = policy;
        }
    }

    private static string SecondsOf(long micros) =>
        micros < _seconds.Length ? _seconds[micros] : Format(micros);

    private static string Format(long micros) =>
        (micros / 1e6).ToString("F6", CultureInfo.InvariantCulture);
}

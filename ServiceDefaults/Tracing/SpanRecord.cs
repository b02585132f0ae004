using System.Diagnostics;
using System.Text.Json.Serialization;
using Trading.ServiceDefaults.Logging;

namespace Trading.ServiceDefaults.Tracing;

/// <summary>A finished span, as it is kept for the operations page.</summary>
/// <param name="TraceId">32 hex digits.</param>
/// <param name="SpanId">16 hex digits.</param>
/// <param name="ParentId">The span that this one is part of; null for the first of a trace.</param>
/// <param name="Service">Which service it ran in.</param>
/// <param name="Name">What was done.</param>
/// <param name="Kind"><c>server</c>, <c>client</c>, <c>producer</c>, <c>consumer</c> or <c>internal</c>.</param>
/// <param name="Start">When it began, UTC.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Failed">Whether it ended with an error.</param>
/// <param name="Tags">What else is known of it, without secrets.</param>
public sealed record SpanRecord(
    string TraceId,
    string SpanId,
    string? ParentId,
    string Service,
    string Name,
    string Kind,
    DateTime Start,
    double Milliseconds,
    bool Failed,
    IReadOnlyDictionary<string, string> Tags)
{
    private const int LongestTag = 500;

    internal static SpanRecord Of(Activity activity, string service) => new(
        activity.TraceId.ToHexString(),
        activity.SpanId.ToHexString(),
        activity.ParentSpanId == default ? null : activity.ParentSpanId.ToHexString(),
        service,
        Redaction.Clean(NameOf(activity)),
        activity.Kind.ToString().ToLowerInvariant(),
        activity.StartTimeUtc,
        activity.Duration.TotalMilliseconds,
        activity.Status == ActivityStatusCode.Error || IsFailure(activity.GetTagItem("http.response.status_code")),
        TagsOf(activity));

    // .NET names every request the same; what was asked tells them apart.
    private static string NameOf(Activity activity) => activity.GetTagItem("http.request.method") is string method
        ? $"{method} {activity.GetTagItem("http.route") ?? activity.GetTagItem("url.path") ?? activity.GetTagItem("server.address")}"
        : activity.DisplayName;

    private static bool IsFailure(object? status) => status is int and >= 500;

    private static Dictionary<string, string> TagsOf(Activity activity)
    {
        var tags = new Dictionary<string, string>();
        foreach (var (name, value) in activity.EnumerateTagObjects())
        {
            // A query may carry a token; the path tells enough.
            if (name != "url.query" && value?.ToString() is { Length: > 0 } text)
            {
                var clean = Redaction.IsSecret(name) ? Redaction.Mark : Redaction.Clean(text);
                tags[name] = clean.Length <= LongestTag ? clean : clean[..LongestTag];
            }
        }

        return tags;
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(List<SpanRecord>))]
internal sealed partial class SpanJson : JsonSerializerContext;

using System.Text.Json;
using Trading.ApiService.Edge;

namespace Trading.ApiService.Stream;

/// <summary>The request that a connection began with, as logs and traces name it.</summary>
internal sealed record StreamOrigin(string RequestId, string TraceId)
{
    public static StreamOrigin Of(HttpContext context) => new(context.TraceIdentifier, ApiProblem.TraceIdOf(context));
}

/// <summary>What a message of the server belongs to: a connection and, where it answers, the client's message.</summary>
/// <param name="Origin">The connection's request.</param>
/// <param name="Id">What the client calls its message; null where it has no name, or nothing is answered.</param>
internal readonly record struct StreamReply(StreamOrigin Origin, JsonElement? Id = null)
{
    private const int LongestId = 64;

    /// <summary>Whether a client may name its message so: a text or a number that is not long.</summary>
    public static bool IsId(JsonElement id)
    {
        try
        {
            return id.ValueKind == JsonValueKind.Number
                ? id.GetRawText().Length <= LongestId
                : id.ValueKind == JsonValueKind.String && id.GetString()!.Length <= LongestId;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: it could not be written back.
            return false;
        }
    }

    /// <summary>Answers to a message with an id carry it, and name the connection; so does what always does.</summary>
    public void WriteTo(Utf8JsonWriter json, bool always)
    {
        if (Id is { } id)
        {
            json.WritePropertyName("id"u8);
            id.WriteTo(json);
        }

        if (always || Id is not null)
        {
            json.WriteString("request_id"u8, Origin.RequestId);
            json.WriteString("trace_id"u8, Origin.TraceId);
        }
    }
}

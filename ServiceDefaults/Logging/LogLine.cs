using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Trading.ServiceDefaults.Logging;

/// <summary>One event as one line of JSON. The writer escapes what would end a line, so that no value can begin another.</summary>
internal static class LogLine
{
    private const int LongestText = 16 * 1024;

    private static readonly JsonWriterOptions _json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    public static byte[] Of<TState>(
        string service, DateTimeOffset time, LogLevel level, string category, EventId id, TState state, Exception? exception, string message)
    {
        var buffer = _buffer ??= new ArrayBufferWriter<byte>(1024);
        buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(buffer, _json))
        {
            json.WriteStartObject();
            json.WriteString("time", time.UtcDateTime);
            json.WriteString("level", NameOf(level));
            json.WriteString("service", service);
            json.WriteString("category", category);
            WriteEvent(json, id);
            json.WriteString("message", Text(Redact(message, state)));
            WriteRequest(json);
            WriteFields(json, state);
            if (exception is not null)
            {
                json.WriteString("exception", Text(Redaction.Clean(exception.ToString())));
            }

            json.WriteEndObject();
        }

        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    private static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "information",
        LogLevel.Warning => "warning",
        LogLevel.Error => "error",
        _ => "critical",
    };

    private static void WriteEvent(Utf8JsonWriter json, EventId id)
    {
        if (id.Name is { } name)
        {
            json.WriteString("event", name);
        }
        else if (id.Id != 0)
        {
            json.WriteNumber("event", id.Id);
        }
    }

    private static void WriteRequest(Utf8JsonWriter json)
    {
        var request = RequestIdentity.Current;
        if (request?.RequestId is { } requestId)
        {
            json.WriteString("request_id", requestId);
        }

        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity)
        {
            json.WriteString("trace_id", activity.TraceId.ToHexString());
            json.WriteString("span_id", activity.SpanId.ToHexString());
        }
        else if (request?.TraceId is { } traceId)
        {
            json.WriteString("trace_id", traceId);
        }
    }

    private static void WriteFields<TState>(Utf8JsonWriter json, TState state)
    {
        if (state is not IReadOnlyList<KeyValuePair<string, object?>> { Count: > 1 } fields)
        {
            return;
        }

        json.WriteStartObject("fields");
        for (var index = 0; index < fields.Count; index++)
        {
            var (name, value) = fields[index];
            if (name != "{OriginalFormat}")
            {
                WriteField(json, name, value);
            }
        }

        json.WriteEndObject();
    }

    private static void WriteField(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNull(name);
                break;
            case not null when Redaction.IsSecret(name):
                json.WriteString(name, Redaction.Mark);
                break;
            case bool flag:
                json.WriteBoolean(name, flag);
                break;
            case int or long or short or byte or uint:
                json.WriteNumber(name, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case double number when double.IsFinite(number):
                json.WriteNumber(name, number);
                break;
            default:
                json.WriteString(name, Text(Redaction.Clean(
                    Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty)));
                break;
        }
    }

    // The formatted message holds the values too: those of secret names are taken out of it.
    private static string Redact<TState>(string message, TState state)
    {
        if (state is IReadOnlyList<KeyValuePair<string, object?>> fields)
        {
            for (var index = 0; index < fields.Count; index++)
            {
                if (fields[index].Key != "{OriginalFormat}" && Redaction.IsSecret(fields[index].Key)
                    && Convert.ToString(fields[index].Value, CultureInfo.InvariantCulture) is { Length: > 0 } secret)
                {
                    message = message.Replace(secret, Redaction.Mark, StringComparison.Ordinal);
                }
            }
        }

        return Redaction.Clean(message);
    }

    private static string Text(string text) => text.Length <= LongestText ? text : text[..LongestText] + "...";
}

using System.Buffers;
using System.Text.Json;

namespace Trading.ApiService.Stream;

/// <summary>Writes what the server says besides price updates.</summary>
internal static class ServerMessage
{
    public static byte[] ServerShutdown { get; } = "{\"type\":\"server_shutdown\"}"u8.ToArray();

    public static byte[] Authenticated(StreamReply reply) => Write("authenticated", reply, true, _ => { });

    public static byte[] Tickers(string type, IEnumerable<string> tickers, StreamReply reply) =>
        Write(type, reply, false, json =>
        {
            json.WriteStartArray("tickers"u8);
            foreach (var ticker in tickers)
            {
                json.WriteStringValue(ticker);
            }

            json.WriteEndArray();
        });

    public static byte[] Pong(DateTimeOffset now, StreamReply reply) => Write("pong", reply, false, json =>
        json.WriteNumber("timestamp"u8, decimal.Divide(now.ToUnixTimeMilliseconds(), 1000)));

    public static byte[] Sequence(string type, long sequence, StreamReply reply) =>
        Write(type, reply, false, json => json.WriteNumber("seq"u8, sequence));

    public static byte[] Error(string code, string message, StreamReply reply, string? ticker = null) =>
        Write("error", reply, true, json =>
        {
            json.WriteString("code"u8, code);
            json.WriteString("message"u8, message);
            if (ticker is not null)
            {
                json.WriteString("ticker"u8, ticker);
            }
        });

    private static byte[] Write(string type, StreamReply reply, bool named, Action<Utf8JsonWriter> content)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("type"u8, type);
        content(json);
        reply.WriteTo(json, named);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}

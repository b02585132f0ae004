using System.Buffers;
using System.Text.Json;

namespace Trading.ApiService.Stream;

/// <summary>Writes what the server says besides price updates.</summary>
internal static class ServerMessage
{
    public static byte[] ServerShutdown { get; } = "{\"type\":\"server_shutdown\"}"u8.ToArray();

    public static byte[] Authenticated { get; } = "{\"type\":\"authenticated\"}"u8.ToArray();

    public static byte[] Tickers(string type, IEnumerable<string> tickers) => Write(type, json =>
    {
        json.WriteStartArray("tickers"u8);
        foreach (var ticker in tickers)
        {
            json.WriteStringValue(ticker);
        }

        json.WriteEndArray();
    });

    public static byte[] Pong(DateTimeOffset now) => Write("pong", json =>
        json.WriteNumber("timestamp"u8, decimal.Divide(now.ToUnixTimeMilliseconds(), 1000)));

    public static byte[] Sequence(string type, long sequence) =>
        Write(type, json => json.WriteNumber("seq"u8, sequence));

    public static byte[] Error(string code, string message, string? ticker = null) => Write("error", json =>
    {
        json.WriteString("code"u8, code);
        json.WriteString("message"u8, message);
        if (ticker is not null)
        {
            json.WriteString("ticker"u8, ticker);
        }
    });

    private static byte[] Write(string type, Action<Utf8JsonWriter> content)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("type"u8, type);
        content(json);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}

using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Trading.Tests.Unit.Api;

/// <summary>A client of the stream that sends and reads messages one at a time.</summary>
internal sealed class StreamClient(ClientWebSocket socket) : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    public WebSocketCloseStatus? CloseStatus => socket.CloseStatus;

    public Task SendAsync(string text) => socket.SendAsync(
        Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);

    public Task SubscribeAsync(params string[] tickers)
    {
        var list = new JsonArray([.. tickers.Select(ticker => (JsonNode?)ticker)]);
        return SendAsync(new JsonObject { ["action"] = "subscribe", ["tickers"] = list }.ToJsonString());
    }

    /// <summary>The next message; null when the server has closed.</summary>
    public async Task<JsonObject?> ReadAsync()
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(_patience);
        var buffer = new byte[64 * 1024];
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(length), deadline.Token);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, deadline.Token);
                return null;
            }

            length += part.Count;
            if (part.EndOfMessage)
            {
                return JsonNode.Parse(buffer.AsSpan(0, length))!.AsObject();
            }
        }
    }

    /// <summary>Reads up to a message of a type, and returns it.</summary>
    public async Task<JsonObject> ReadUntilAsync(string type)
    {
        while (true)
        {
            var message = await ReadAsync() ?? throw new InvalidOperationException($"Closed before {type}.");
            if ((string?)message["type"] == type)
            {
                return message;
            }
        }
    }

    /// <summary>Reads to the end, and returns the code of the last error.</summary>
    public async Task<string?> ReadToEndAsync()
    {
        string? code = null;
        while (await ReadAsync() is { } message)
        {
            code = (string?)message["type"] == "error" ? (string?)message["code"] : code;
        }

        return code;
    }

    public void Dispose() => socket.Dispose();
}

using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Trading.Contracts;

/// <summary>What a signed-in user is told, as it happens; connects again by itself.</summary>
/// <param name="url">See <see cref="UrlOf"/>.</param>
/// <param name="accessToken">Gives the newest access token; asked for each connection.</param>
/// <param name="headers">Further headers of the request that opens the connection.</param>
/// <param name="time">Measures the waits; the system's clock where null.</param>
public sealed class UserStream(
    Uri url,
    Func<CancellationToken, ValueTask<string?>> accessToken,
    IReadOnlyDictionary<string, string>? headers = null,
    TimeProvider? time = null)
{
    private const int LongestMessage = 1 << 20;
    private static readonly TimeSpan _firstDelay = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan _longestDelay = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan _keepAlive = TimeSpan.FromSeconds(10);

    /// <summary>The address of the users' stream.</summary>
    /// <param name="api">The API's address, http or https.</param>
    public static Uri UrlOf(Uri api)
    {
        var url = new UriBuilder(new Uri(api, "api/v1/ws"));
        url.Scheme = url.Scheme is "https" or "wss" ? "wss" : "ws";
        return url.Uri;
    }

    /// <summary>Everything that the user is told, until cancelled.</summary>
    /// <param name="cancellationToken">Ends the stream.</param>
    public async IAsyncEnumerable<UserMessage> ReadAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var backOff = new BackOff(_firstDelay, _longestDelay);
        while (!cancellationToken.IsCancellationRequested)
        {
            using var socket = await TryConnectAsync(cancellationToken).ConfigureAwait(false);
            while (socket is not null && await TryReceiveAsync(socket, cancellationToken).ConfigureAwait(false) is { } message)
            {
                backOff.Reset();
                yield return message;
            }

            await Task.Delay(backOff.Next(), time ?? TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<ClientWebSocket?> TryConnectAsync(CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        try
        {
            socket.Options.KeepAliveInterval = _keepAlive;
            socket.Options.KeepAliveTimeout = _keepAlive;
            foreach (var (name, value) in headers ?? new Dictionary<string, string>())
            {
                socket.Options.SetRequestHeader(name, value);
            }

            socket.Options.SetRequestHeader(
                "Authorization", "Bearer " + await accessToken(cancellationToken).ConfigureAwait(false));
            await socket.ConnectAsync(url, cancellationToken).ConfigureAwait(false);
            return socket;
        }
        catch (Exception error) when (IsLost(error, cancellationToken))
        {
            socket.Dispose();
            return null;
        }
    }

    private static async Task<UserMessage?> TryReceiveAsync(ClientWebSocket socket, CancellationToken cancellationToken)
    {
        try
        {
            var buffer = new byte[4096];
            for (var length = 0; ;)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
                length += part.Count;
                if (part.MessageType == WebSocketMessageType.Close || length >= LongestMessage)
                {
                    return null;
                }

                if (part.EndOfMessage)
                {
                    return Read(buffer.AsMemory(0, length));
                }

                if (length == buffer.Length)
                {
                    Array.Resize(ref buffer, length * 2);
                }
            }
        }
        catch (Exception error) when (IsLost(error, cancellationToken) || error is JsonException)
        {
            return null;
        }
    }

    private static UserMessage? Read(ReadOnlyMemory<byte> text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("type", out var type)
            && type.GetString() is { } name
                ? new UserMessage(name, document.RootElement.Clone())
                : null;
    }

    private static bool IsLost(Exception error, CancellationToken cancellationToken) =>
        !cancellationToken.IsCancellationRequested
        && error is WebSocketException or HttpRequestException or IOException or TradingApiException;
}

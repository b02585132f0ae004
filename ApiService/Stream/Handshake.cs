using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Trading.ApiService.Edge;
using Trading.Contracts;
using IoStream = System.IO.Stream;

namespace Trading.ApiService.Stream;

/// <summary>
/// Opens a WebSocket (RFC 6455, section 4; over HTTP/2 RFC 8441) and hands out the bare wire, which the framework's own
/// handshake does not.
/// </summary>
internal static class Handshake
{
    private const int KeyBytes = 16;

    private static ReadOnlySpan<byte> Salt => "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"u8;

    /// <summary>Why a request may not become a WebSocket; null where it may.</summary>
    public static ApiProblem? Refuse(HttpContext context, StreamOptions options)
    {
        var headers = context.Request.Headers;
        if (!IsHttp2(context) && !(IsUpgrade(context) && IsKey(headers.SecWebSocketKey)))
        {
            return ApiProblem.BadRequest(ErrorCodes.BadRequest, "This path takes WebSockets only: ws:// or wss://.");
        }

        if (headers.SecWebSocketVersion != "13")
        {
            context.Response.Headers.SecWebSocketVersion = "13";
            return new ApiProblem(
                StatusCodes.Status426UpgradeRequired, ErrorCodes.BadRequest, "Version 13 of WebSocket is spoken here.");
        }

        return IsAllowed(headers.Origin, context.Request.Host, options) ? null : new ApiProblem(
            StatusCodes.Status403Forbidden,
            ErrorCodes.ForbiddenOrigin,
            "Pages of this origin may not connect; Stream:AllowedOrigins lists those that may.");
    }

    public static async Task<IoStream> AcceptAsync(HttpContext context)
    {
        if (IsHttp2(context))
        {
            context.Response.StatusCode = StatusCodes.Status200OK;
            return await context.Features.GetRequiredFeature<IHttpExtendedConnectFeature>().AcceptAsync();
        }

        var headers = context.Response.Headers;
        headers.Connection = "Upgrade";
        headers.Upgrade = "websocket";
        headers.SecWebSocketAccept = AcceptOf(context.Request.Headers.SecWebSocketKey.ToString());
        return await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
    }

    public static string AcceptOf(string key)
    {
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // RFC 6455 asks for SHA-1 here; nothing secret depends on it.
        SHA1.HashData([.. Encoding.ASCII.GetBytes(key), .. Salt], hash);
#pragma warning restore CA5350
        return Convert.ToBase64String(hash);
    }

    /// <summary>
    /// Programs send no origin; browsers always do, and only pages of this host or of a listed one may.
    /// </summary>
    private static bool IsAllowed(string? origin, HostString host, StreamOptions options) =>
        string.IsNullOrEmpty(origin)
        || options.AllowedOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase)
        || (Uri.TryCreate(origin, UriKind.Absolute, out var uri)
            && string.Equals(uri.Authority, host.Value, StringComparison.OrdinalIgnoreCase));

    private static bool IsHttp2(HttpContext context) =>
        context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true, Protocol: "websocket" };

    private static bool IsUpgrade(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method)
        && context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
        && string.Equals(context.Request.Headers.Upgrade, "websocket", StringComparison.OrdinalIgnoreCase);

    private static bool IsKey(string? key)
    {
        Span<byte> bytes = stackalloc byte[KeyBytes + 2];
        return key is { Length: 24 } && Convert.TryFromBase64String(key, bytes, out var length) && length == KeyBytes;
    }
}

using System.Net;
using Trading.ApiService.Limits;

namespace Trading.ApiService.Edge;

/// <summary>Where a request comes from: the browser's address where the web front end says so, the connection's otherwise.</summary>
internal static class ClientAddress
{
    /// <summary>Heeded only beside the service key: anyone can send it.</summary>
    public const string Header = "X-Client-Address";

    public static IPAddress? Of(HttpContext context, TrustedCaller trusted) =>
        trusted.Sent(context.Request)
        && context.Request.Headers.TryGetValue(Header, out var values)
        && IPAddress.TryParse(values, out var address)
            ? address
            : context.Connection.RemoteIpAddress;
}

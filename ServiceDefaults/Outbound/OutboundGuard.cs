using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Trading.ServiceDefaults.Outbound;

/// <summary>
/// Lets requests go to addresses that users gave, and to nowhere inside: a host is resolved once per connection, every
/// address of it is checked, and the connection goes to one that was, so that a name that is resolved to something else
/// afterwards wins nothing. There are no redirects, no proxy, no cookies.
/// </summary>
/// <param name="options">What is allowed besides.</param>
/// <param name="resolve">Finds addresses; null for DNS.</param>
public sealed class OutboundGuard(IOptions<OutboundOptions> options, ResolveHost? resolve = null)
{
    /// <summary>The longest address.</summary>
    public const int LongestUrl = 2000;

    private const int LargestAnswer = 64 * 1024;
    private const int LongestHeadersKilobytes = 16;
    private const int LeastFreePort = 1024;
    private const string NotPublic = "The host has no address, or one that is not of the public internet.";

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _connectPatience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan _reuse = TimeSpan.FromMinutes(1);

    private readonly ResolveHost _resolve = resolve ?? Dns.GetHostAddressesAsync;

    /// <summary>Checks how an address is written, without looking its host up.</summary>
    /// <param name="url">What the user gave.</param>
    /// <returns>What is wrong with it; null where nothing is.</returns>
    public string? FaultOf(string? url)
    {
        if (url is not { Length: > 0 and <= LongestUrl }
            || url.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter))
            || !Uri.TryCreate(url, UriKind.Absolute, out var uri)
            || uri.AbsoluteUri.Length > LongestUrl)
        {
            return $"An address of at most {LongestUrl} characters, such as https://example.com/hooks.";
        }

        if (uri.Scheme != Uri.UriSchemeHttps && !(options.Value.AllowHttp && uri.Scheme == Uri.UriSchemeHttp))
        {
            return "An address that begins with https://.";
        }

        if (uri.UserInfo.Length > 0 || uri.Fragment.Length > 0 || uri.Host.Length == 0)
        {
            return "An address with a host, without user, password and #fragment.";
        }

        return uri.Port is 443 or 8443 or >= LeastFreePort
            ? null
            : $"The port is 443, 8443 or {LeastFreePort} and above.";
    }

    /// <summary>
    /// The same, and looks its host up. Each connection checks again: what is public now may not be then.
    /// </summary>
    /// <param name="url">What the user gave.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What is wrong with it; null where nothing is.</returns>
    public async Task<string?> FaultOfAsync(string? url, CancellationToken cancellationToken)
    {
        if (FaultOf(url) is { } fault)
        {
            return fault;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(_connectPatience);
        try
        {
            await AddressesOfAsync(new Uri(url!).IdnHost, patience.Token).ConfigureAwait(false);
            return null;
        }
        catch (OutboundRefusedException refused)
        {
            return refused.Message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return NotPublic;
        }
    }

    /// <summary>
    /// A client whose every connection is guarded: 3 s to connect, 10 s for all. Its failures are
    /// <see cref="HttpRequestException"/>, with an <see cref="OutboundRefusedException"/> inside where an address was
    /// refused. An answer of more than 64 kB is one too.
    /// </summary>
    public HttpClient CreateClient() => new(CreateHandler())
    {
        Timeout = _patience,
        MaxResponseContentBufferSize = LargestAnswer,
    };

    private SocketsHttpHandler CreateHandler() => new()
    {
        ActivityHeadersPropagator = null,
        AllowAutoRedirect = false,
        ConnectCallback = ConnectAsync,
        ConnectTimeout = _connectPatience,
        MaxResponseDrainSize = LargestAnswer,
        MaxResponseHeadersLength = LongestHeadersKilobytes,
        MeterFactory = UnseenMeters.Instance,
        PooledConnectionLifetime = _reuse,
        UseCookies = false,
        UseProxy = false,
    };

    private async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await AddressesOfAsync(context.DnsEndPoint.Host, cancellationToken).ConfigureAwait(false);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<IPAddress[]> AddressesOfAsync(string host, CancellationToken cancellationToken)
    {
        try
        {
            var addresses = await _resolve(host, cancellationToken).ConfigureAwait(false);
            // One inside among others is no accident.
            return addresses.Length > 0 && Array.TrueForAll(addresses, IsOpen)
                ? addresses
                : throw new OutboundRefusedException(NotPublic);
        }
        catch (Exception unknown) when (unknown is SocketException or ArgumentException)
        {
            throw new OutboundRefusedException(NotPublic, unknown);
        }
    }

    private bool IsOpen(IPAddress address) =>
        PublicAddress.Is(address) || (options.Value.AllowLoopback && IPAddress.IsLoopback(address));
}

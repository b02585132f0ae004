using Microsoft.Extensions.Configuration;

namespace Trading.Standalone.Services;

/// <summary>Sends a request for <c>http://name</c> to one of <c>services:name:http:0..n</c>, in turn.</summary>
internal sealed class ServiceDiscoveryHandler(IConfiguration configuration) : DelegatingHandler
{
    private static int _turn;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri is { IsAbsoluteUri: true, IsDefaultPort: true } uri && Resolve(uri) is { } address)
        {
            request.RequestUri = new Uri(new Uri(address), uri.PathAndQuery);
        }

        return base.SendAsync(request, cancellationToken);
    }

    private string? Resolve(Uri uri)
    {
        var addresses = configuration.GetSection($"services:{uri.Host}:{uri.Scheme}").GetChildren().ToArray();
        return addresses.Length == 0
            ? null
            : addresses[(uint)Interlocked.Increment(ref _turn) % (uint)addresses.Length].Value;
    }
}

using System.Security.Cryptography;
using System.Text;

namespace Trading.ApiService.Limits;

/// <summary>Knows the web front end, which asks on behalf of many people, by the key that both were given.</summary>
internal sealed class TrustedCaller(IConfiguration configuration)
{
    public const string Header = "X-Service-Key";

    private readonly byte[]? _key =
        configuration["ServiceKey"] is { Length: > 0 } key ? Encoding.UTF8.GetBytes(key) : null;

    public bool Sent(HttpRequest request) =>
        _key is not null
        && request.Headers.TryGetValue(Header, out var sent)
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(sent.ToString()), _key);
}

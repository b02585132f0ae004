using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Trading.ApiService.Auth;

/// <summary>
/// The keys of access tokens. The first signs; all of them verify, each known by an id made from its hash, so that a new
/// key logs no one out. Configuration that is loaded anew takes effect at once.
/// </summary>
internal sealed class SigningKeys(IOptionsMonitor<AuthOptions> options)
{
    public const int LeastBytes = 32;

    private Loaded? _loaded;

    public SymmetricSecurityKey Current => Keys.Signing;

    private Loaded Keys
    {
        get
        {
            var current = options.CurrentValue;
            if (_loaded is not { } loaded || !ReferenceEquals(loaded.From, current))
            {
                _loaded = loaded = Load(current);
            }

            return loaded;
        }
    }

    public bool TryFind(string id, out SymmetricSecurityKey key) => Keys.ById.TryGetValue(id, out key!);

    private static Loaded Load(AuthOptions options)
    {
        var keys = options.PreviousSigningKeys.Prepend(options.SigningKey).Where(text => text.Length > 0)
            .Select(KeyOf).ToArray();
        return keys.Length == 0
            ? throw new InvalidOperationException($"{AuthOptions.Section}:SigningKey is not set.")
            : new Loaded(options, keys[0], keys.DistinctBy(key => key.KeyId).ToDictionary(key => key.KeyId));
    }

    private static SymmetricSecurityKey KeyOf(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return new SymmetricSecurityKey(bytes) { KeyId = Convert.ToHexStringLower(SHA256.HashData(bytes))[..16] };
    }

    private sealed record Loaded(
        AuthOptions From, SymmetricSecurityKey Signing, Dictionary<string, SymmetricSecurityKey> ById);
}

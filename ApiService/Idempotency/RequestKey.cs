using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Trading.ApiService.Auth;

namespace Trading.ApiService.Idempotency;

/// <summary>
/// What is derived (HKDF) from a client's <c>Idempotency-Key</c>: the name under which its answer is kept, the key that
/// encrypts it and the one that tells bodies apart. The database cannot be read without the client's key.
/// </summary>
internal sealed class RequestKey
{
    public const string Header = "Idempotency-Key";
    public const string Rule =
        "Idempotency-Key has 16 to 128 letters, digits and -_.:, such as a new UUID for each act.";

    private const int Length = 32;
    private const int Shortest = 16;
    private const int Longest = 128;

    private static readonly SearchValues<char> _characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:");

    private readonly byte[] _derived;

    private RequestKey(byte[] derived) => _derived = derived;

    public byte[] Name => _derived[..Length];

    private ReadOnlySpan<byte> Encryption => _derived.AsSpan(Length, Length);

    private ReadOnlySpan<byte> Bodies => _derived.AsSpan(Length * 2);

    /// <summary>The key of a request, its caller's and its path's own; null where the header is wrong.</summary>
    public static RequestKey? Of(HttpContext context)
    {
        if (context.Request.Headers[Header] is not [{ Length: >= Shortest and <= Longest } sent]
            || sent.AsSpan().ContainsAnyExcept(_characters))
        {
            return null;
        }

        var scope = $"{context.User.UserId()}\n{context.Request.Method} {context.Request.Path}";
        return new RequestKey(HKDF.DeriveKey(
            HashAlgorithmName.SHA256,
            Encoding.ASCII.GetBytes(sent),
            Length * 3,
            Encoding.UTF8.GetBytes(scope),
            "trading idempotency v1"u8.ToArray()));
    }

    public byte[] HashOf(ReadOnlySpan<byte> body) => HMACSHA256.HashData(Bodies, body);

    public byte[] Encrypt(ReadOnlySpan<byte> plain)
    {
        var (nonce, tag) = (AesGcm.NonceByteSizes.MaxSize, AesGcm.TagByteSizes.MaxSize);
        var sealedBytes = new byte[nonce + tag + plain.Length];
        RandomNumberGenerator.Fill(sealedBytes.AsSpan(0, nonce));
        using var cipher = new AesGcm(Encryption, tag);
        cipher.Encrypt(
            sealedBytes.AsSpan(0, nonce), plain, sealedBytes.AsSpan(nonce + tag), sealedBytes.AsSpan(nonce, tag));
        return sealedBytes;
    }

    public byte[] Decrypt(ReadOnlySpan<byte> sealedBytes)
    {
        var (nonce, tag) = (AesGcm.NonceByteSizes.MaxSize, AesGcm.TagByteSizes.MaxSize);
        var plain = new byte[sealedBytes.Length - nonce - tag];
        using var cipher = new AesGcm(Encryption, tag);
        cipher.Decrypt(sealedBytes[..nonce], sealedBytes[(nonce + tag)..], sealedBytes.Slice(nonce, tag), plain);
        return plain;
    }
}

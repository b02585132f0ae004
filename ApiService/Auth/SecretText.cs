using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Trading.ApiService.Auth;

/// <summary>Secrets that are made here and kept as hashes only. They are random, so that a plain hash is enough.</summary>
internal static class SecretText
{
    private const int Bytes = 32;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}

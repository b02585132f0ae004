using System.Security.Cryptography;

namespace Trading.ApiService.Auth;

/// <summary>Codes for when the second factor is lost.</summary>
internal static class RecoveryCodes
{
    private const int Count = 10;
    // Without the letters and digits that are mistaken for each other.
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";

    public static string[] New() => [.. Enumerable.Range(0, Count).Select(_ =>
        $"{RandomNumberGenerator.GetString(Letters, 5)}-{RandomNumberGenerator.GetString(Letters, 5)}")];

    /// <summary>What is stored: 49 bits of chance do not need a slow hash behind a limit of attempts.</summary>
    public static string HashOf(string code) =>
        Convert.ToHexStringLower(SecretText.HashOf(code.Trim().ToLowerInvariant().Replace("-", "", StringComparison.Ordinal)));
}

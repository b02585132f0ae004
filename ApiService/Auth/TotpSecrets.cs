using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Trading.Data.Accounts;

namespace Trading.ApiService.Auth;

/// <summary>Second factors' secrets, encrypted where they are stored.</summary>
internal sealed class TotpSecrets(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("Trading.Totp");

    public static byte[] New() => RandomNumberGenerator.GetBytes(Totp.SecretBytes);

    public string Protect(byte[] secret) => Convert.ToBase64String(_protector.Protect(secret));

    public byte[]? Read(User user) => user.TotpSecret is { } text ? Unprotect(text) : null;

    public byte[] Unprotect(string text) => _protector.Unprotect(Convert.FromBase64String(text));
}

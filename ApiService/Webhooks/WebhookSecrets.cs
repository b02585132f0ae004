using Microsoft.AspNetCore.DataProtection;
using Trading.ApiService.Auth;

namespace Trading.ApiService.Webhooks;

/// <summary>
/// Webhooks' secrets, encrypted where they are stored: they sign, so that a hash would not do. Each is tied to its
/// webhook's id.
/// </summary>
internal sealed class WebhookSecrets(IDataProtectionProvider protection)
{
    /// <summary>By which a secret is known among others, also by scanners of leaked ones.</summary>
    private const string Start = "whsec_";

    private readonly IDataProtector _protector = protection.CreateProtector("Trading.Webhooks");

    public static string New() => Start + SecretText.New();

    public string Protect(Guid webhook, string secret) => Of(webhook).Protect(secret);

    /// <exception cref="System.Security.Cryptography.CryptographicException">
    /// It is of another key ring or webhook.
    /// </exception>
    public string Unprotect(Guid webhook, string text) => Of(webhook).Unprotect(text);

    private IDataProtector Of(Guid webhook) => _protector.CreateProtector(webhook.ToString());
}

using System.Net.Mail;
using System.Text;
using Microsoft.Extensions.Options;

namespace Trading.ApiService.Auth;

internal sealed class AuthValidation : IValidateOptions<AuthOptions>
{
    private static readonly TimeSpan _day = TimeSpan.FromDays(1);

    public ValidateOptionsResult Validate(string? name, AuthOptions options)
    {
        string[] mistakes = [.. KeyMistakes(options), .. TimeMistakes(options), .. OtherMistakes(options)];
        return mistakes.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    private static IEnumerable<string> KeyMistakes(AuthOptions options)
    {
        if (IsShort(options.SigningKey) || options.PreviousSigningKeys.Any(IsShort))
        {
            yield return $"Auth:SigningKey, and each of Auth:PreviousSigningKeys, needs at least {SigningKeys.LeastBytes} bytes.";
        }

        if (options.Issuer.Length == 0 || options.Audience.Length == 0)
        {
            yield return "Auth:Issuer and Auth:Audience: not empty.";
        }
    }

    private static IEnumerable<string> TimeMistakes(AuthOptions options)
    {
        if (options.AccessTokenLifetime <= TimeSpan.Zero || options.AccessTokenLifetime > _day)
        {
            yield return "Auth:AccessTokenLifetime: above zero, a day at most.";
        }

        if (options.RefreshTokenLifetime <= TimeSpan.Zero || options.RefreshTokenLifetime < options.AccessTokenLifetime)
        {
            yield return "Auth:RefreshTokenLifetime: above zero, and not less than Auth:AccessTokenLifetime.";
        }

        if (options.SessionCheckEvery <= TimeSpan.Zero)
        {
            yield return "Auth:SessionCheckEvery: above zero.";
        }

        if (options.LongestWait <= TimeSpan.Zero)
        {
            yield return "Auth:LongestWait: above zero.";
        }
    }

    private static IEnumerable<string> OtherMistakes(AuthOptions options)
    {
        if (!Uri.TryCreate(options.WebUrl, UriKind.Absolute, out var web) || web.Scheme is not ("http" or "https"))
        {
            yield return "Auth:WebUrl: an address that begins with http: or https:.";
        }

        if (!MailAddress.TryCreate(options.AdminEmail, out _))
        {
            yield return "Auth:AdminEmail: a mail address.";
        }

        if (options.FailuresBeforeWait < 1 || options.PasswordQueue < 1 || options.PasswordIterations < 1)
        {
            yield return "Auth:FailuresBeforeWait, Auth:PasswordQueue and Auth:PasswordIterations: above 0.";
        }
    }

    private static bool IsShort(string key) => Encoding.UTF8.GetByteCount(key) < SigningKeys.LeastBytes;
}

namespace Trading.ApiService.Auth;

/// <summary>
/// What a password may be, as NIST 800-63B and OWASP ASVS have it: long enough, not one that everybody tries first, and
/// nothing else. It is never cut off.
/// </summary>
internal static class PasswordRules
{
    public const int Shortest = 8;
    public const int Longest = 128;

    public const string LengthRule = "8 to 128 characters.";
    public const string CommonRule = "This password is among the first that are tried; choose a longer or less usual one.";
    public const string NameRule = "The password must not be made of the address or of this site's name.";

    /// <summary>Why a password is refused; null where it is not.</summary>
    public static string? Refuse(string? password, string email)
    {
        if (password is null || !IsText(password) || Length(password) is < Shortest or > Longest)
        {
            return LengthRule;
        }

        var name = email.Split('@')[0].ToLowerInvariant();
        return CommonPasswords.Contains(password) ? CommonRule
            : CommonPasswords.IsAround(password, "trading.aspire") || (name.Length >= 4 && CommonPasswords.IsAround(password, name))
                ? NameRule
            : null;
    }

    private static int Length(string password) => password.EnumerateRunes().Count();

    // Half a surrogate pair has no bytes in UTF-8, and no keyboard makes one.
    private static bool IsText(string password)
    {
        for (var index = 0; index < password.Length; index += char.IsHighSurrogate(password[index]) ? 2 : 1)
        {
            if (char.IsSurrogate(password[index])
                && !(index + 1 < password.Length && char.IsSurrogatePair(password[index], password[index + 1])))
            {
                return false;
            }
        }

        return true;
    }
}

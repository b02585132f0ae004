using System.Text.RegularExpressions;

namespace Trading.ServiceDefaults.Logging;

/// <summary>Keeps secrets out of what is written down: by the name of the field, and by the shape of the text.</summary>
public static partial class Redaction
{
    /// <summary>What stands where a secret was.</summary>
    public const string Mark = "[redacted]";

    private static readonly string[] _names =
    [
        "password", "passwd", "pwd", "secret", "token", "ticket", "apikey", "api_key", "api-key", "authorization", "cookie", "signingkey",
        "servicekey", "connectionstring", "credential", "recoverycode", "totp",
    ];

    /// <summary>Whether a field of this name holds a secret.</summary>
    /// <param name="name">The name, in any case and style.</param>
    public static bool IsSecret(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        foreach (var known in _names)
        {
            if (name.Contains(known, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A text without the secrets that can be told by their shape.</summary>
    /// <param name="text">Any text, such as a message or an exception.</param>
    public static string Clean(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            return Shapes().IsMatch(text) ? Shapes().Replace(text, Replace) : text;
        }
        catch (RegexMatchTimeoutException)
        {
            // The machine is too busy to look: what was not looked at is not written down, and nobody's request fails.
            return Mark;
        }
    }

    private static string Replace(Match match) =>
        match.Groups["name"] is { Success: true } name ? $"{name.Value}{match.Groups["sign"].Value}{Mark}" : Mark;

    // A JWT, an API key or a webhook's secret of ours, a bearer value, and name=value or "name": "value" of a name that says secret.
    [GeneratedRegex(
        """
        (?<![\w-])eyJ[\w-]{5,}\.[\w-]+\.[\w-]*
        |\b(?:ta|whsec)_[\w-]{10,}
        |(?<name>\bBearer)(?<sign>\s+)[\w.~+/=-]{8,}
        |(?<name>(?:password|passwd|pwd|secret|token|ticket|api[_-]?key|authorization|signing_?key|service_?key))(?<sign>"?\s*[=:]\s*"?)(?!\s|\[redacted\])[^\s;,&"'}\r\n]+
        """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 200)]
    private static partial Regex Shapes();
}

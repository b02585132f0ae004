using System.Collections.Frozen;

namespace Trading.Domain.Strategies.Language.Syntax;

/// <summary>Characters that look like, or stand for, one of ASCII: Cyrillic, Greek, full width and typographic.</summary>
internal static class Lookalikes
{
    private const char FirstFullWidth = '\uFF01';
    private const char LastFullWidth = '\uFF5E';

    private static readonly FrozenDictionary<char, string> _others = new Dictionary<char, string>
    {
        ['\u0430'] = "a", ['\u0435'] = "e", ['\u043E'] = "o", ['\u0440'] = "p", ['\u0441'] = "c", ['\u0443'] = "y",
        ['\u0445'] = "x", ['\u0456'] = "i", ['\u0455'] = "s", ['\u0458'] = "j", ['\u04CF'] = "l", ['\u0501'] = "d",
        ['\u0391'] = "A", ['\u0392'] = "B", ['\u0395'] = "E", ['\u039F'] = "O", ['\u03BF'] = "o", ['\u03B1'] = "a",
        ['\u03C1'] = "p", ['\u03BD'] = "v", ['\u0410'] = "A", ['\u0415'] = "E", ['\u041E'] = "O", ['\u0420'] = "P",
        ['\u0421'] = "C", ['\u2212'] = "-", ['\u2010'] = "-", ['\u2011'] = "-", ['\u2013'] = "-", ['\u2014'] = "-",
        ['\u00D7'] = "*", ['\u00B7'] = "*", ['\u2217'] = "*", ['\u00F7'] = "/", ['\u2044'] = "/", ['\u2215'] = "/",
        ['\u2264'] = "<=", ['\u2265'] = ">=", ['\u2260'] = "!=", ['\u2227'] = "and", ['\u2228'] = "or",
        ['\u00AC'] = "not", ['\u00A0'] = "a space", ['\u3000'] = "a space", ['\u2009'] = "a space",
        ['\u202F'] = "a space", ['\u037E'] = "a new line", ['\uFE55'] = ":", ['\u2236'] = ":", ['\uA789'] = ":",
    }.ToFrozenDictionary();

    public static string? Find(char character) => character is >= FirstFullWidth and <= LastFullWidth
        ? ((char)(character - FirstFullWidth + '!')).ToString()
        : _others.GetValueOrDefault(character);
}

using System.Globalization;
using System.Text;

namespace Trading.ApiService.Edge;

/// <summary>
/// Whether a text looks like what it is. Characters that turn the direction of others around, or that nobody sees, let
/// one name pass for another.
/// </summary>
internal static class ShownText
{
    // Some scripts, and emoji, are not written right without these two.
    private const int NonJoiner = 0x200C;
    private const int Joiner = 0x200D;

    /// <summary>True where every character is whole and can be seen.</summary>
    /// <param name="text">The text.</param>
    /// <param name="hasLines">Line breaks are characters like others.</param>
    public static bool IsAll(string text, bool hasLines = false)
    {
        foreach (var character in text.EnumerateRunes())
        {
            if (!IsShown(character) && !(hasLines && character.Value is '\n' or '\r'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The text without what is not shown.</summary>
    public static string Of(string text) => string.Concat(text.EnumerateRunes().Where(IsShown));

    // Half a character is read as the replacement character.
    private static bool IsShown(Rune character) => character.Value is NonJoiner or Joiner
        || (character != Rune.ReplacementChar && Rune.GetUnicodeCategory(character) is not (UnicodeCategory.Control
            or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator));
}

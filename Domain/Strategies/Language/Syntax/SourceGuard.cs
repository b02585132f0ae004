using System.Globalization;

namespace Trading.Domain.Strategies.Language.Syntax;

/// <summary>
/// What is refused before it is read: what is too large or too deep for the parser, and characters that look like
/// others, or like nothing.
/// </summary>
internal static class SourceGuard
{
    public static bool Check(string source, ErrorList errors)
    {
        if (source.Length > StrategyLimits.Characters)
        {
            errors.Add(
                new(StrategyLimits.Characters, 0),
                $"The strategy has {source.Length} characters, {StrategyLimits.Characters} are allowed.");
            return false;
        }

        CheckCharacters(source, errors);
        return errors.IsEmpty && SizeGuard.Check(Comments.Blank(source), errors);
    }

    private static void CheckCharacters(string source, ErrorList errors)
    {
        var isComment = false;
        for (var index = 0; index < source.Length; index++)
        {
            var character = source[index];
            isComment = character != '\n' && (isComment || character == '#');
            var isPair = char.IsSurrogatePair(source, index) && index + 1 < source.Length;
            if (!IsAllowed(source, index, isComment))
            {
                var span = new SourceSpan(index, isPair ? 2 : 1);
                errors.Add(span, $"{Describe(source, index)} is not allowed here.", HintFor(character, isComment));
            }

            index += isPair ? 1 : 0;
        }
    }

    private static bool IsAllowed(string source, int index, bool isComment) => source[index] switch
    {
        >= ' ' and <= '~' or '\n' or '\t' => true,
        // Alone it would end a line for some readers and not for others.
        '\r' => index + 1 < source.Length && source[index + 1] == '\n',
        _ => isComment && IsShown(CharUnicodeInfo.GetUnicodeCategory(source, index)),
    };

    private static bool IsShown(UnicodeCategory category) => category is not (UnicodeCategory.Control
        or UnicodeCategory.Format
        or UnicodeCategory.Surrogate
        or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator);

    private static string Describe(string source, int index)
    {
        var code = char.IsSurrogatePair(source, index) ? char.ConvertToUtf32(source, index) : source[index];
        return IsShown(CharUnicodeInfo.GetUnicodeCategory(source, index))
            ? $"The character {char.ConvertFromUtf32(code)} (U+{code:X4})"
            : $"An invisible character (U+{code:X4})";
    }

    private static string HintFor(char character, bool isComment) =>
        Lookalikes.Find(character) is { } ascii ? $"Write {ascii}, as typed on a keyboard."
        : isComment ? "Delete it."
        : "Rules are written in plain letters, digits and signs; other letters go into comments.";
}

using System.Globalization;

namespace Trading.Domain.Strategies.Language.Syntax;

/// <summary>Bounds what the parser has to do: tokens, the length of names and numbers, and nesting.</summary>
internal static class SizeGuard
{
    private const int NumberLength = 20;
    private const int Prefixes = 4;

    public static bool Check(string text, ErrorList errors)
    {
        var (tokens, depth, prefixes) = (0, 0, 0);
        for (var index = 0; index < text.Length && errors.IsEmpty;)
        {
            if (char.IsWhiteSpace(text[index]))
            {
                index++;
                continue;
            }

            var token = TokenAt(text, index);
            var word = text.AsSpan(token.Start, token.Length);
            depth += word is "(" or "[" ? 1 : word is ")" or "]" ? -1 : 0;
            depth = Math.Max(depth, 0);
            prefixes = word is "-" or "not" ? prefixes + 1 : 0;
            CheckToken(word, token, errors);
            CheckTotals(++tokens, prefixes > Prefixes ? int.MaxValue : depth, token, errors);
            index = token.End;
        }

        return errors.IsEmpty;
    }

    public static SourceSpan TokenAt(string text, int start)
    {
        var end = start + 1;
        while (end < text.Length && IsPartOfWord(text[start]) && IsPartOfWord(text[end]))
        {
            end++;
        }

        return SourceSpan.Between(start, Math.Min(end, text.Length));
    }

    private static bool IsPartOfWord(char character) => char.IsAsciiLetterOrDigit(character) || character == '_';

    private static void CheckToken(ReadOnlySpan<char> word, SourceSpan token, ErrorList errors)
    {
        var isNumber = char.IsAsciiDigit(word[0]);
        var limit = isNumber ? NumberLength : StrategyLimits.NameLength;
        if (word.Length > limit)
        {
            errors.Add(
                token, $"A {(isNumber ? "number" : "name")} has at most {limit} characters, this has {word.Length}.");
        }
        else if (isNumber && double.TryParse(word, CultureInfo.InvariantCulture, out var value)
            && value > StrategyLimits.LargestNumber)
        {
            errors.Add(token, "The number is too large.", "The largest is 1000000000000.");
        }
    }

    private static void CheckTotals(int tokens, int depth, SourceSpan token, ErrorList errors)
    {
        if (tokens > StrategyLimits.Tokens)
        {
            errors.Add(token, $"The strategy is too long: more than {StrategyLimits.Tokens} words, numbers and signs.");
        }
        else if (depth > StrategyLimits.Nesting)
        {
            errors.Add(
                token,
                $"Brackets and signs are nested deeper than {StrategyLimits.Nesting}.",
                "Give parts of it names, with let.");
        }
    }
}

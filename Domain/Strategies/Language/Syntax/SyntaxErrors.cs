using Sprache;

namespace Trading.Domain.Strategies.Language.Syntax;

/// <summary>Says what cannot be read, and how it is written.</summary>
internal static class SyntaxErrors
{
    public static void Add(
        ErrorList errors, string text, SourceSpan segment, int position, IEnumerable<string> expectations)
    {
        string[] wanted = [.. expectations.Distinct()];
        var expected = string.Join(" or ", wanted.Select(Quote));
        var end = segment.Start + text.AsSpan(segment.Start, segment.Length).TrimEnd().Length;
        if (position >= end)
        {
            errors.Add(new(end, 0), $"Expected {expected}, but the line ends.", HintAtEnd(wanted));
            return;
        }

        var found = SizeGuard.TokenAt(text, position);
        var word = text.Substring(found.Start, found.Length);
        errors.Add(found, $"Expected {expected}, found {Quote(word)}.", HintFor(text, found, word));
    }

    public static void AddUnknownClause(ErrorList errors, Word keyword, IInput rest)
    {
        var near = DidYouMean.Find(keyword.Text, Keywords.Clauses);
        var hint = near is not null ? $"Did you mean {near}?"
            : rest is { AtEnd: false, Current: '=' } ? $"Write let {keyword.Text} = ... to name a value."
            : $"A line starts with one of: {string.Join(", ", Keywords.Clauses)}.";
        errors.Add(keyword.Span, $"There is no clause {keyword.Text}.", hint);
    }

    private static string Quote(string text) =>
        text.Length <= 2 && !char.IsAsciiLetterOrDigit(text[0]) ? $"'{text}'" : text;

    private static string? HintAtEnd(string[] wanted) =>
        wanted.Contains(")") ? "A bracket is not closed."
        : wanted.Contains("in") ? "Say what it may be: param fast = 12 in 5..50."
        : null;

    private static string? HintFor(string text, SourceSpan found, string word)
    {
        var before = found.Start > 0 ? text[found.Start - 1] : ' ';
        return word switch
        {
            "&" => "Write and.",
            "|" => "Write or.",
            "!" => "Write not.",
            "=" => "Equality is written ==.",
            "^" => "A square is written x * x.",
            "%" => "A percent sign belongs to a number, as in 5%.",
            "'" or "\"" or "`" => "There is no text in the language, only numbers.",
            "{" or "}" or ";" or "\\" or "$" or "@" or "?" or "~" => "The language has no such sign.",
            ":" => "A clause starts a line of its own.",
            _ when char.IsAsciiDigit(before) => "Numbers are written in full, such as 0.5 or 100000.",
            _ when Keywords.Clauses.Contains(word) => "A clause starts a line of its own.",
            _ => null,
        };
    }
}

namespace Trading.Domain.Strategies.Language.Syntax;

/// <summary>
/// Parts the source into statements: one a line. A line goes on in the next within brackets, or where that starts with
/// an operator.
/// </summary>
internal static class Segments
{
    private const string Continuations = "+-*/<>=!).],[";

    public static IEnumerable<SourceSpan> Of(string text)
    {
        var (start, depth) = (-1, 0);
        for (var from = 0; from < text.Length;)
        {
            var end = EndOfLine(text, from);
            var first = FirstOf(text, from, end);
            if (first < end)
            {
                var goesOn = start >= 0
                    && (ContinuesAt(text, first) || (depth > 0 && !StartsStatementAt(text, first, end)));
                if (!goesOn)
                {
                    if (start >= 0)
                    {
                        yield return SourceSpan.Between(start, from);
                    }

                    (start, depth) = (first, 0);
                }

                depth = Math.Max(0, depth + Depth(text.AsSpan(first, end - first)));
            }

            from = end + 1;
        }

        if (start >= 0)
        {
            yield return SourceSpan.Between(start, text.Length);
        }
    }

    private static int EndOfLine(string text, int from) =>
        text.IndexOf('\n', from) is var end and >= 0 ? end : text.Length;

    private static int FirstOf(string text, int from, int end)
    {
        while (from < end && char.IsWhiteSpace(text[from]))
        {
            from++;
        }

        return from;
    }

    private static bool ContinuesAt(string text, int index)
    {
        var word = SizeGuard.TokenAt(text, index);
        return Continuations.Contains(text[index], StringComparison.Ordinal)
            || text.AsSpan(word.Start, word.Length) is "and" or "or";
    }

    // So that one bracket that is missing spoils one statement only.
    private static bool StartsStatementAt(string text, int index, int end)
    {
        var word = SizeGuard.TokenAt(text, index);
        var next = FirstOf(text, word.End, end);
        return text.AsSpan(word.Start, word.Length) is Keywords.Parameter or Keywords.Let
            || (next < end && text[next] == ':');
    }

    private static int Depth(ReadOnlySpan<char> line) =>
        line.Count('(') + line.Count('[') - line.Count(')') - line.Count(']');
}

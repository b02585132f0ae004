using Trading.Contracts;

namespace Trading.Web.Strategies;

/// <summary>A text in pieces, some of them with an error.</summary>
internal static class TextMarks
{
    public static IEnumerable<(string Text, StrategyErrorResponse? Error)> Of(
        string text, IReadOnlyList<StrategyErrorResponse> errors)
    {
        var from = 0;
        foreach (var error in errors)
        {
            var start = OffsetOf(text, error);
            if (start >= from)
            {
                var end = Math.Min(start + error.Length, text.Length);
                yield return (text[from..start], null);
                // What is missing has no letters: a blank shows where.
                yield return (end > start ? text[start..end] : " ", error);
                from = end;
            }
        }

        yield return (text[from..], null);
    }

    /// <summary>Where an error starts; its text may have changed since it was found.</summary>
    public static int OffsetOf(string text, StrategyErrorResponse error)
    {
        var start = 0;
        for (var line = 1; line < error.Line && start >= 0; line++)
        {
            var end = text.IndexOf('\n', start);
            if (end < 0)
            {
                return text.Length;
            }

            start = end + 1;
        }

        return Math.Min(start + error.Column - 1, text.Length);
    }
}

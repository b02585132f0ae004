using Sprache;

namespace Trading.Domain.Strategies.Language.Syntax;

/// <summary>Reads the statements of a source, each by itself, so that an error in one hides none in another.</summary>
internal static class StatementReader
{
    public static IReadOnlyList<Statement> Read(string source, ErrorList errors)
    {
        var text = Comments.Blank(source);
        var statements = new List<Statement>();
        foreach (var segment in Segments.Of(text))
        {
            statements.Add(Read(text, segment, errors));
        }

        return statements;
    }

    private static Statement Read(string text, SourceSpan segment, ErrorList errors)
    {
        var keyword = Grammar.Keyword(new SegmentInput(text, segment.Start, segment.End));
        if (!keyword.WasSuccessful)
        {
            SyntaxErrors.Add(errors, text, segment, keyword.Remainder.Position, keyword.Expectations);
            return new BrokenStatement(default, default);
        }

        if (ParserOf(keyword.Value) is not { } parser)
        {
            SyntaxErrors.AddUnknownClause(errors, keyword.Value, keyword.Remainder);
            return new BrokenStatement(keyword.Value, default);
        }

        var result = parser(keyword.Remainder);
        if (result.WasSuccessful && result.Remainder.AtEnd)
        {
            return result.Value;
        }

        SyntaxErrors.Add(
            errors,
            text,
            segment,
            result.Remainder.Position,
            result.WasSuccessful ? ["an operator", "a new line"] : result.Expectations);
        return new BrokenStatement(keyword.Value, NameIn(text, keyword.Remainder));
    }

    private static Parser<Statement>? ParserOf(Word keyword) => keyword.Text switch
    {
        Keywords.Parameter => Grammar.Parameter(keyword),
        Keywords.Let => Grammar.Let(keyword),
        _ => Keywords.Rules.Contains(keyword.Text) ? Grammar.Rule(keyword) : null,
    };

    private static Word NameIn(string text, IInput input)
    {
        if (input.AtEnd || !Grammar.IsNameStart(input.Current))
        {
            return default;
        }

        var span = SizeGuard.TokenAt(text, input.Position);
        return new(span, text.Substring(span.Start, span.Length));
    }
}

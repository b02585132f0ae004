namespace Trading.Domain.Strategies.Language.Syntax;

/// <summary>An expression as it is written, before names and types are known.</summary>
internal abstract record Expression(SourceSpan Span);

internal sealed record NumberExpression(SourceSpan Span, double Value, bool IsInteger, bool IsPercent)
    : Expression(Span);

internal sealed record NameExpression(SourceSpan Span, string Name) : Expression(Span);

internal sealed record CallExpression(
    SourceSpan Span, Word Function, IReadOnlyList<Expression> Arguments) : Expression(Span);

internal sealed record MemberExpression(SourceSpan Span, Expression Target, Word Member) : Expression(Span);

/// <summary><c>x[n]</c>: the value n bars before.</summary>
internal sealed record PastExpression(SourceSpan Span, Expression Target, Expression Bars) : Expression(Span);

internal sealed record UnaryExpression(SourceSpan Span, Word Operator, Expression Operand) : Expression(Span);

internal sealed record BinaryExpression(SourceSpan Span, Expression Left, Word Operator, Expression Right)
    : Expression(Span);

/// <summary>A word or sign with its place.</summary>
internal readonly record struct Word(SourceSpan Span, string Text);

namespace Trading.Domain.Strategies.Language.Syntax;

/// <summary>One line of a strategy.</summary>
internal abstract record Statement(Word Keyword);

internal sealed record ParameterStatement(
    Word Keyword, Word Name, Expression Default, Expression Minimum, Expression Maximum, Expression? Step)
    : Statement(Keyword);

internal sealed record LetStatement(Word Keyword, Word Name, Expression Value) : Statement(Keyword);

/// <summary><c>entry:</c> and the like.</summary>
internal sealed record RuleStatement(Word Keyword, Expression Value) : Statement(Keyword);

/// <summary>One that cannot be read; what it would name is known, so that its use is no second error.</summary>
internal sealed record BrokenStatement(Word Keyword, Word Name) : Statement(Keyword);

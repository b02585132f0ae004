namespace Trading.Domain.Strategies.Language;

/// <summary>What is wrong with a strategy's text, and where.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column of the first character, from 1, in UTF-16 units.</param>
/// <param name="Length">How many characters it concerns, 0 at the end of the text.</param>
/// <param name="Message">What is wrong, in a sentence.</param>
/// <param name="Hint">What to do about it; null where the message says it.</param>
public sealed record StrategyError(int Line, int Column, int Length, string Message, string? Hint = null);

namespace Trading.Domain.Strategies.Language;

/// <summary>A word that expressions know, for an editor to show.</summary>
/// <param name="Name">The word, such as <c>crosses_above</c>.</param>
/// <param name="Kind"><c>series</c>, <c>function</c>, <c>operator</c>, <c>clause</c> or <c>indicator</c>.</param>
/// <param name="Signature">How it is written, such as <c>crosses_above(a, b)</c>.</param>
/// <param name="Summary">What it means, in a sentence.</param>
/// <param name="Outputs">The names of the series of an indicator; the first is the one without a name.</param>
public sealed record StrategyFunction(
    string Name, string Kind, string Signature, string Summary, IReadOnlyList<string> Outputs);

namespace Trading.Domain.Strategies.Language.Binding;

/// <summary>What an expression turned out to be. Where it is in error there is none, and the error is told.</summary>
internal abstract record Value;

internal sealed record ConstantValue(Constant Constant) : Value;

/// <summary>A number, or a truth, for each bar: a column of the table.</summary>
internal sealed record SeriesValue(int Column, bool IsBoolean) : Value;

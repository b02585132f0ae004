using System.Diagnostics.CodeAnalysis;

namespace Trading.Domain.Strategies.Language;

/// <summary>What came of a strategy's text: something to run, or what is wrong.</summary>
public sealed class StrategyCompilation
{
    internal StrategyCompilation(CompiledStrategy strategy) => Strategy = strategy;

    internal StrategyCompilation(IReadOnlyList<StrategyError> errors) => Errors = errors;

    /// <summary>The strategy, where the text has no errors.</summary>
    public CompiledStrategy? Strategy { get; }

    /// <summary>What is wrong, in the order of the text; at most <see cref="StrategyLimits.Errors"/>.</summary>
    public IReadOnlyList<StrategyError> Errors { get; } = [];

    /// <summary>True where there is a strategy to run.</summary>
    [MemberNotNullWhen(true, nameof(Strategy))]
    public bool IsValid => Strategy is not null;
}

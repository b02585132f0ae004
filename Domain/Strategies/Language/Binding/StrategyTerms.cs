namespace Trading.Domain.Strategies.Language.Binding;

/// <summary>What a strategy says about its positions beside conditions and distances.</summary>
internal sealed record StrategyTerms(PositionSizeRule SizeRule, Constant SizeAmount, Constant? Expiry);

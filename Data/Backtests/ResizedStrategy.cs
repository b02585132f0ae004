using Trading.Domain.Strategies;

namespace Trading.Data.Backtests;

/// <summary>A strategy with another rule of sizing than its own.</summary>
internal sealed class ResizedStrategy(ITradingStrategy strategy, PositionSize size) : ITradingStrategy
{
    public string Name => strategy.Name;

    public IReadOnlyList<StrategyParameter> Parameters => strategy.Parameters;

    public int WarmUp(ReadOnlySpan<double> arguments) => strategy.WarmUp(arguments);

    public int Settling(ReadOnlySpan<double> arguments) => strategy.Settling(arguments);

    public StrategyDecisions Decide(
        PriceHistory history, ReadOnlySpan<double> arguments, CancellationToken cancellationToken)
    {
        var decisions = strategy.Decide(history, arguments, cancellationToken);
        return new StrategyDecisions
        {
            Actions = decisions.Actions,
            StopDistance = decisions.StopDistance,
            TargetDistance = decisions.TargetDistance,
            ExpiryBars = decisions.ExpiryBars,
            Size = size,
        };
    }
}

namespace Trading.Domain.Strategies;

/// <summary>
/// A rule that turns prices into decisions: written in the strategy language, built in, or the signal generator. Holds
/// no state: the same prices and arguments give the same decisions, bit for bit.
/// </summary>
public interface ITradingStrategy
{
    /// <summary>Its name, such as <c>ma_cross</c>.</summary>
    string Name { get; }

    /// <summary>The numbers that it can be run with.</summary>
    IReadOnlyList<StrategyParameter> Parameters { get; }

    /// <summary>The bars needed before the first that is traded.</summary>
    /// <param name="arguments">A value for each of <see cref="Parameters"/>, in their order.</param>
    int WarmUp(ReadOnlySpan<double> arguments);

    /// <summary>
    /// The bars to have before the first that is traded, where there are as many, so that it does not show where the
    /// history starts; at least <see cref="WarmUp"/>.
    /// </summary>
    /// <param name="arguments">A value for each of <see cref="Parameters"/>, in their order.</param>
    int Settling(ReadOnlySpan<double> arguments) => WarmUp(arguments);

    /// <summary>Decides over a history.</summary>
    /// <param name="history">The prices of one instrument.</param>
    /// <param name="arguments">A value for each of <see cref="Parameters"/>, in their order.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">An argument is missing, or not allowed.</exception>
    StrategyDecisions Decide(
        PriceHistory history, ReadOnlySpan<double> arguments, CancellationToken cancellationToken);
}

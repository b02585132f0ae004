using Trading.Domain.Strategies;

namespace Trading.Domain.Signals;

/// <summary>
/// Weighs trend, momentum, mean reversion, volume and the higher interval by the regime into signals; formulas and
/// weights are in docs/signals.md.
/// </summary>
public sealed class SignalGenerator : ITradingStrategy
{
    /// <summary>The name under which it can be backtested.</summary>
    public const string StrategyName = "signal_generator";

    /// <inheritdoc/>
    public string Name => StrategyName;

    /// <inheritdoc/>
    public IReadOnlyList<StrategyParameter> Parameters { get; } =
    [
        new("threshold", SignalRules.Default.Threshold, 0.05, 0.95, false),
        new("stop_atr", SignalRules.Default.StopAtr, 0.1, 20, false),
        new("target_atr", SignalRules.Default.TargetAtr, 0.1, 50, false),
        new("expiry_bars", SignalRules.Default.ExpiryBars, 1, 1000, true),
    ];

    /// <summary>The signal at a bar of a history, if it triggers there.</summary>
    /// <param name="scores">The scores of the history.</param>
    /// <param name="bar">The index of the bar.</param>
    /// <param name="past">The backtest of the same scores.</param>
    /// <returns>The signal, or null.</returns>
    public static TradingSignal? At(SignalScores scores, int bar, SignalBacktest past)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(past);
        return scores.TriggerAt(bar) is { } direction && scores.PlanAt(bar, direction) is { } plan
            ? Create(scores, bar, plan, past.Before(bar))
            : null;
    }

    /// <summary>The signal at the last bar of a history, if it triggers there.</summary>
    /// <param name="history">The prices of one instrument.</param>
    public static TradingSignal? AtLast(PriceHistory history)
    {
        var scores = new SignalScores(history, SignalRules.Default);
        return history.Count == 0 ? null : At(scores, history.Count - 1, new SignalBacktest(scores));
    }

    /// <inheritdoc/>
    public int WarmUp(ReadOnlySpan<double> arguments) => SignalRules.WarmUp;

    /// <inheritdoc/>
    public int Settling(ReadOnlySpan<double> arguments) => SignalRules.Settling;

    /// <inheritdoc/>
    public StrategyDecisions Decide(
        PriceHistory history, ReadOnlySpan<double> arguments, CancellationToken cancellationToken)
    {
        var rules = RulesOf(arguments);
        cancellationToken.ThrowIfCancellationRequested();
        var scores = new SignalScores(history, rules);
        var actions = new StrategyAction[history.Count];
        var (stops, targets) = (new double[history.Count], new double[history.Count]);
        for (var bar = 0; bar < actions.Length; bar++)
        {
            var atr = scores.ReadingAt(bar).Atr;
            (stops[bar], targets[bar]) = (rules.StopAtr * atr, rules.TargetAtr * atr);
            actions[bar] = scores.TriggerAt(bar) is { } direction && scores.PlanAt(bar, direction) is not null
                ? direction is SignalDirection.Long
                    ? StrategyAction.EnterLong | StrategyAction.ExitShort
                    : StrategyAction.EnterShort | StrategyAction.ExitLong
                : StrategyAction.None;
        }

        return new StrategyDecisions
        {
            Actions = actions,
            StopDistance = stops,
            TargetDistance = targets,
            // A signal counts the bars after its own, the first of which fills it; a position those after its fill.
            ExpiryBars = rules.ExpiryBars - 1,
        };
    }

    private static TradingSignal Create(SignalScores scores, int bar, SignalPlan plan, PastResults past)
    {
        var reading = scores.ReadingAt(bar);
        var weights = RegimeWeights.Of(reading.Regime);
        var components = SignalComponents.Of(in reading);
        var raw = Math.Abs(scores.Scores[bar]);
        var volume = double.IsNaN(components.Volume) ? (double?)null : 50 + (50 * plan.Side * components.Volume);
        return new TradingSignal
        {
            Time = scores.History.Times.Span[bar],
            Plan = plan,
            Atr = reading.Atr,
            RawScore = raw,
            QualityScore = QualityOf(components.Agreement(weights, plan.Direction), raw, plan.Side * components.Higher, volume),
            VolumeScore = volume,
            Regime = reading.Regime,
            Conditions = ConditionsOf(in reading, components.Higher),
            Components = components,
            Reading = reading,
            Past = past,
        };
    }

    /// <summary>40 for agreement, 25 for strength, 20 for the higher interval, 15 for volume.</summary>
    private static double QualityOf(double agreement, double raw, double higher, double? volume) =>
        (40 * agreement)
        + (25 * Math.Min(raw / 0.6, 1))
        + (20 * (double.IsNaN(higher) ? 0.5 : (1 + higher) / 2))
        + (15 * (volume ?? 50) / 100);

    private static MarketConditions ConditionsOf(in SignalReading reading, double higher) =>
        higher > 0.2 && reading.Close > reading.EmaSlow ? MarketConditions.Bullish
        : higher < -0.2 && reading.Close < reading.EmaSlow ? MarketConditions.Bearish
        : MarketConditions.Neutral;

    private SignalRules RulesOf(ReadOnlySpan<double> arguments)
    {
        if (arguments.Length != Parameters.Count)
        {
            throw new ArgumentException($"Wants {Parameters.Count} arguments, was given {arguments.Length}.");
        }

        for (var index = 0; index < arguments.Length; index++)
        {
            var parameter = Parameters[index];
            var value = arguments[index];
            if (!(value >= parameter.Minimum && value <= parameter.Maximum)
                || (parameter.IsInteger && value != Math.Floor(value)))
            {
                throw new ArgumentException(
                    $"{parameter.Name} must be from {parameter.Minimum} to {parameter.Maximum}, was {value}.");
            }
        }

        return new SignalRules(arguments[0], arguments[1], arguments[2], (int)arguments[3]);
    }
}

using System.Globalization;
using Trading.Domain.Strategies.Language.Binding;
using Trading.Domain.Strategies.Language.Plan;

namespace Trading.Domain.Strategies.Language;

/// <summary>
/// A strategy of the language, ready to run over any history with any arguments. It may be run by several threads at
/// once.
/// </summary>
public sealed class CompiledStrategy : ITradingStrategy
{
    private readonly ColumnTable _columns;
    private readonly PlanRoots _roots;
    private readonly StrategyPlan _plan;
    private readonly StrategyTerms _terms;

    internal CompiledStrategy(
        string name,
        string source,
        IReadOnlyList<StrategyParameter> parameters,
        ColumnTable columns,
        PlanRoots roots,
        StrategyPlan plan,
        StrategyTerms terms)
    {
        (Name, Source, Parameters) = (name, source, parameters);
        (_columns, _roots, _plan, _terms) = (columns, roots, plan, terms);
        var defaults = Defaults();
        Indicators = [.. columns.Groups.Select(group => group.Describe(defaults))];
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>The text that it was made of.</summary>
    public string Source { get; }

    /// <inheritdoc/>
    public IReadOnlyList<StrategyParameter> Parameters { get; }

    /// <summary>The indicators and windows that it computes, with the default arguments, such as <c>ema(12)</c>.</summary>
    public IReadOnlyList<string> Indicators { get; }

    /// <summary>The default of each parameter.</summary>
    public double[] Defaults() => [.. Parameters.Select(parameter => parameter.Default)];

    /// <inheritdoc/>
    public int WarmUp(ReadOnlySpan<double> arguments)
    {
        Check(arguments);
        return Horizon.Of(_columns, _roots.Columns, arguments, isSettled: false);
    }

    /// <inheritdoc/>
    public int Settling(ReadOnlySpan<double> arguments)
    {
        Check(arguments);
        return Horizon.Of(_columns, _roots.Columns, arguments, isSettled: true);
    }

    /// <inheritdoc/>
    public StrategyDecisions Decide(
        PriceHistory history, ReadOnlySpan<double> arguments, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(history);
        Check(arguments);
        var run = _plan.Run(history, arguments, cancellationToken);
        return new StrategyDecisions
        {
            Actions = run.Actions,
            StopDistance = run.StopDistance,
            TargetDistance = run.TargetDistance,
            ExpiryBars = (int?)_terms.Expiry?.Evaluate(arguments),
            Size = new(_terms.SizeRule, _terms.SizeAmount.Evaluate(arguments)),
        };
    }

    private void Check(ReadOnlySpan<double> arguments)
    {
        if (arguments.Length != Parameters.Count)
        {
            throw new ArgumentException(
                $"The strategy has {Parameters.Count} parameters, was given {arguments.Length}.", nameof(arguments));
        }

        for (var index = 0; index < arguments.Length; index++)
        {
            var (parameter, value) = (Parameters[index], arguments[index]);
            if (!(value >= parameter.Minimum && value <= parameter.Maximum)
                || (parameter.IsInteger && value != Math.Floor(value)))
            {
                throw new ArgumentException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{parameter.Name} must be {(parameter.IsInteger ? "a whole number" : "a number")} from "
                        + $"{parameter.Minimum} to {parameter.Maximum}, not {value}."),
                    nameof(arguments));
            }
        }
    }
}

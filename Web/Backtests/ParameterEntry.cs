using Trading.Contracts;

namespace Trading.Web.Backtests;

/// <summary>A parameter of the strategy, and what is filled in for it.</summary>
public sealed class ParameterEntry(StrategyParameterResponse parameter)
{
    private const int UsualSteps = 8;

    public StrategyParameterResponse Parameter { get; } = parameter;

    public double? Value { get; set; } = parameter.Default;

    /// <summary>A sweep tries many of it.</summary>
    public bool Varies { get; set; }

    public double? From { get; set; } = parameter.Minimum;

    public double? To { get; set; } = parameter.Maximum;

    public double? Step { get; set; } = parameter.Step ?? (parameter.Whole
        ? Math.Max(1, Math.Round((parameter.Maximum - parameter.Minimum) / UsualSteps))
        : (parameter.Maximum - parameter.Minimum) / UsualSteps);

    /// <summary>How many values a sweep tries; 0 where the axis is none.</summary>
    public double Count => Step is > 0 && To >= From ? Math.Floor(((To - From) / Step ?? 0) + 1e-9) + 1 : 0;
}

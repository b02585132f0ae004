namespace Trading.Domain.Risk;

/// <summary>
/// An account against a benchmark, over the days after the first; null where undefined. Each figure's definition is in
/// <see cref="MetricDefinitions"/>.
/// </summary>
public sealed record BenchmarkComparison
{
    /// <summary>What it is compared with.</summary>
    public required string Name { get; init; }

    /// <summary>The benchmark's return from the first close to the last; a fraction.</summary>
    public required double TotalReturn { get; init; }

    /// <summary>Its compound growth a year.</summary>
    public required double? Cagr { get; init; }

    /// <summary>Its volatility, a year.</summary>
    public required double? Volatility { get; init; }

    /// <summary>Its Sharpe ratio.</summary>
    public required double? Sharpe { get; init; }

    /// <summary>Its deepest drawdown; negative, or zero.</summary>
    public required double MaxDrawdown { get; init; }

    /// <summary>The account's total return less the benchmark's.</summary>
    public required double ExcessReturn { get; init; }

    /// <summary>How much the account moves with the benchmark; a plain number.</summary>
    public required double? Beta { get; init; }

    /// <summary>What it earns a year beyond that.</summary>
    public required double? Alpha { get; init; }

    /// <summary>The correlation of daily returns, -1 to 1.</summary>
    public required double? Correlation { get; init; }

    /// <summary>The mean return for the benchmark's on its days of gain; a plain number.</summary>
    public required double? UpCapture { get; init; }

    /// <summary>The same on its days of loss.</summary>
    public required double? DownCapture { get; init; }

    /// <summary>The benchmark's worth at every bar of the account, starting with the account's cash.</summary>
    public required IReadOnlyList<double> Equity { get; init; }
}

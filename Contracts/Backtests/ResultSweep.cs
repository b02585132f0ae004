namespace Trading.Contracts;

/// <summary>
/// What came of a sweep. The figures of the result are those out of sample; the best trial is the best in hindsight.
/// </summary>
public sealed record ResultSweep
{
    /// <summary>The parameters, in the order of a trial's arguments.</summary>
    public required IReadOnlyList<string> Parameters { get; init; }

    /// <summary>What the best has the most of.</summary>
    public required string Objective { get; init; }

    /// <summary>How many combinations were run.</summary>
    public required int TrialCount { get; init; }

    /// <summary>The best in hindsight, by its index.</summary>
    public int? Selected { get; init; }

    /// <summary>The probability that the best one's true Sharpe ratio is above 0, had it been the only one.</summary>
    public double? ProbabilisticSharpe { get; init; }

    /// <summary>The same against the best of as many trials without skill.</summary>
    public double? DeflatedSharpe { get; init; }

    /// <summary>The steps of walking forward, oldest first.</summary>
    public required IReadOnlyList<ResultWindow> Windows { get; init; }

    /// <summary>The best trials in hindsight, best first, at most 1,000.</summary>
    public required IReadOnlyList<ResultTrial> Trials { get; init; }
}

/// <summary>One combination of parameters over the whole history, in hindsight.</summary>
/// <param name="Index">Its place in the sweep.</param>
/// <param name="Arguments">The values of the parameters.</param>
/// <param name="TotalReturn">A fraction.</param>
/// <param name="Cagr">A fraction a year.</param>
/// <param name="Sharpe">A plain number.</param>
/// <param name="Sortino">A plain number.</param>
/// <param name="Calmar">A plain number.</param>
/// <param name="MaxDrawdown">A negative fraction.</param>
/// <param name="Trades">Closed trades.</param>
/// <param name="WinRate">A fraction.</param>
/// <param name="ProfitFactor">A plain number.</param>
public sealed record ResultTrial(
    int Index,
    IReadOnlyList<double> Arguments,
    double TotalReturn,
    double? Cagr,
    double? Sharpe,
    double? Sortino,
    double? Calmar,
    double MaxDrawdown,
    int Trades,
    double? WinRate,
    double? ProfitFactor);

/// <summary>One step of walking forward: chosen on one stretch, tried on the next.</summary>
/// <param name="TrainFrom">The first bar to choose on.</param>
/// <param name="TrainTo">The last bar to choose on.</param>
/// <param name="TestFrom">The first bar to try on.</param>
/// <param name="TestTo">The last bar to try on.</param>
/// <param name="Selected">The trial that was chosen; null where none had a score.</param>
/// <param name="Arguments">Its values.</param>
/// <param name="TrainScore">Its objective in sample.</param>
/// <param name="TestScore">Its objective out of sample.</param>
/// <param name="TestReturn">The account's return out of sample.</param>
public sealed record ResultWindow(
    DateTime TrainFrom,
    DateTime TrainTo,
    DateTime TestFrom,
    DateTime TestTo,
    int? Selected,
    IReadOnlyList<double> Arguments,
    double? TrainScore,
    double? TestScore,
    double TestReturn);

using System.Globalization;
using Trading.Contracts;
using Trading.Web.Backtests;
using Trading.Web.Settings;

namespace Trading.Web.Experiments;

/// <summary>Experiments as people read them.</summary>
internal static class ExperimentText
{
    /// <summary>The type of what owners are told as bars count.</summary>
    public const string ProgressMessage = "experiment_progress";

    private const double PointsOfOne = 10_000;

    public static string Title(ExperimentResponse experiment) =>
        experiment.Name ?? string.Join(" against ", experiment.Arms.Select(arm => arm.Name));

    /// <summary>A difference of returns, in hundredths of a percent.</summary>
    public static string BasisPoints(double? difference) => difference is { } value
        ? (value * PointsOfOne).ToString("+0.00;\u22120.00;0.00", CultureInfo.InvariantCulture) + " bp"
        : Show.Nothing;

    /// <summary>The same beside a chart, where there is little room.</summary>
    public static string Level(double difference) => (difference * PointsOfOne).ToString(
        Math.Abs(difference) * PointsOfOne >= 10 ? "+0;\u22120" : "+0.0#;\u22120.0#;0", CultureInfo.InvariantCulture) + " bp";

    public static string Interval(ExperimentTestResponse test) =>
        test.Low is null ? Show.Nothing : $"{BasisPoints(test.Low)} to {BasisPoints(test.High)}";

    public static string PValue(double? value) => value switch
    {
        null => Show.Nothing,
        < 0.0001 => "below 0.0001",
        _ => value.Value.ToString("0.0000", CultureInfo.InvariantCulture),
    };

    /// <summary>What is said of an arm, and of how much is known.</summary>
    public static string Verdict(ExperimentResponse experiment, ExperimentArmResponse arm) => arm.Test switch
    {
        null => "the control",
        { Verdict: "undecided", Low: null } when experiment.Bars < experiment.LeastBars =>
            $"too early: nothing is said before {experiment.LeastBars} bars",
        { Verdict: "undecided", Low: null } test =>
            $"too early: the difference rests on {test.EffectiveBars:0} bars, {test.LeastEffectiveBars} are needed",
        { Verdict: "undecided" } => "no difference seen",
        { Verdict: var verdict, DecidedAt: var bar } => $"{verdict} than {experiment.Arms[0].Name}, since bar {bar}",
    };

    public static string Badge(ExperimentTestResponse? test) => test?.Verdict switch
    {
        "better" => "badge good",
        "worse" => "badge bad",
        _ => "muted",
    };

    public static string State(ExperimentResponse experiment) => experiment.State == "running"
        ? $"bar {Figures.Count(experiment.Bars)} of {Figures.Count(experiment.Horizon)}"
        : experiment.State;
}

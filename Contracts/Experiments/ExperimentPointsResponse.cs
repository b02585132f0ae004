namespace Trading.Contracts;

/// <summary>The course of an experiment as columns of equal length, oldest first; thinned where there are many.</summary>
/// <param name="Initial">What each account started with.</param>
/// <param name="Bars">The number of each bar shown, 1 for the first that counted.</param>
/// <param name="Times">When each closed, UTC.</param>
/// <param name="Arms">The arms, the control first.</param>
public sealed record ExperimentPointsResponse(
    double Initial, IReadOnlyList<int> Bars, IReadOnlyList<DateTime> Times, IReadOnlyList<ArmPointsResponse> Arms);

/// <summary>The course of an arm.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Equity">What the account was worth.</param>
/// <param name="Exposure">What was invested as a fraction of equity.</param>
/// <param name="Test">Of its test against the control; null for the control.</param>
public sealed record ArmPointsResponse(
    string Name, IReadOnlyList<double> Equity, IReadOnlyList<double> Exposure, TestPointsResponse? Test);

/// <summary>The course of a test, each value as it could be seen then.</summary>
/// <param name="Mean">The mean difference of return a bar until then.</param>
/// <param name="Low">The lower end of its confidence sequence; null while too little was known.</param>
/// <param name="High">The upper end.</param>
public sealed record TestPointsResponse(
    IReadOnlyList<double> Mean, IReadOnlyList<double?> Low, IReadOnlyList<double?> High);

using System.Globalization;

namespace Trading.Benchmarks.Reporting;

internal sealed record Requirement(double Limit, bool IsUpperBound)
{
    public static Requirement AtLeast(double limit) => new(limit, false);

    public static Requirement AtMost(double limit) => new(limit, true);

    /// <summary>What could not be measured is not met.</summary>
    public bool IsMetBy(double value) => IsUpperBound ? value <= Limit : value >= Limit;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(IsUpperBound ? "<=" : ">=")} {Limit:0.##}");
}

using System.Globalization;
using Trading.Domain.Indicators;
using Trading.Domain.Strategies.Language.Binding;

namespace Trading.Domain.Strategies.Language.Plan;

/// <summary>An indicator with its numbers and the columns that it reads: all its outputs are computed at once.</summary>
/// <param name="Definition">The indicator.</param>
/// <param name="Arguments">The numbers of its constants.</param>
/// <param name="Sources">The columns.</param>
internal sealed record IndicatorGroup(
    IndicatorDefinition Definition, IReadOnlyList<Constant> Arguments, IReadOnlyList<int> Sources)
{
    public double[] ArgumentsFor(ReadOnlySpan<double> arguments)
    {
        var values = new double[Arguments.Count];
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = Arguments[index].Evaluate(arguments);
        }

        return values;
    }

    /// <summary>The most bars that it looks back over, whatever the parameters are.</summary>
    public double LongestPeriod()
    {
        var longest = 1.0;
        for (var index = 0; index < Arguments.Count; index++)
        {
            longest = Definition.Parameters[index].IsInteger ? Math.Max(longest, Arguments[index].Maximum) : longest;
        }

        return longest;
    }

    public bool Equals(IndicatorGroup? other) =>
        other is not null
        && Definition == other.Definition
        && Arguments.SequenceEqual(other.Arguments)
        && Sources.SequenceEqual(other.Sources);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Definition);
        foreach (var argument in Arguments)
        {
            hash.Add(argument);
        }

        foreach (var source in Sources)
        {
            hash.Add(source);
        }

        return hash.ToHashCode();
    }

    /// <summary>Such as <c>ema(12)</c>.</summary>
    public string Describe(ReadOnlySpan<double> arguments) => string.Create(
        CultureInfo.InvariantCulture, $"{Definition.Name}({string.Join(", ", ArgumentsFor(arguments))})");
}

namespace Trading.Domain.Risk;

/// <summary>Figures of many samples, one row each, and where most of them lie.</summary>
internal sealed class SampleTable(int figures, int samples)
{
    private const double Outside = 0.025;
    private readonly double[] _values = new double[figures * samples];

    public Span<double> Row(int sample) => _values.AsSpan(sample * figures, figures);

    /// <summary>None where the figure is undefined, or is so in more than half of the samples.</summary>
    public IEnumerable<ConfidenceInterval> Interval(int figure, string metric, double? measured)
    {
        if (measured is not { } value)
        {
            yield break;
        }

        var known = Enumerable.Range(0, samples).Select(sample => _values[(sample * figures) + figure])
            .Where(double.IsFinite).Order().ToArray();
        if (2 * known.Length > samples)
        {
            yield return new(metric, value, Quantile(known, Outside), Quantile(known, 1 - Outside));
        }
    }

    private static double Quantile(double[] ordered, double share)
    {
        var position = share * (ordered.Length - 1);
        var index = Math.Min((int)position, ordered.Length - 2);
        return ordered[index] + ((position - index) * (ordered[index + 1] - ordered[index]));
    }
}

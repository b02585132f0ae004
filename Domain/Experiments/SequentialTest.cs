namespace Trading.Domain.Experiments;

/// <summary>
/// Compares two strategies by the differences of their returns, and may be looked at after every one of them: however
/// often one looks, two that are equally good are called different with a probability of at most
/// <see cref="ErrorRate"/>. A test for a fixed number of bars, looked at every bar, would do so sooner or later.
/// </summary>
/// <remarks>
/// The asymptotic confidence sequence of Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas, "Time-uniform central limit
/// theory and asymptotic confidence sequences", Annals of Statistics 52(6), 2024, theorem 2.2: Robbins' mixture of
/// normal distributions (1970) with the variance estimated. It needs no distribution of the differences, only a finite
/// variance that is known well enough when it is first looked at: hence <see cref="LeastCount"/> and
/// <see cref="LeastEffectiveCount"/>, which only ever keep it from deciding. The paper takes what is expected of a bar
/// to be free of the bars before; as the differences of near bars may move together, the variance is the larger of
/// theirs and of that with their covariances. What is measured of all this is in docs/experiments.md.
/// </remarks>
public sealed class SequentialTest
{
    /// <summary>Fewer differences than this decide nothing: their variance is not known yet.</summary>
    public const int LeastCount = 200;

    /// <summary>
    /// Fewer effective differences than this decide nothing: where few large ones make up the variance, as where
    /// hardly a trade was made, it is not known however many small ones there are.
    /// </summary>
    public const double LeastEffectiveCount = 40;

    private readonly double _mixture;
    private readonly LongRunVariance _longRun = new();
    private double _second;
    private double _third;
    private double _fourth;

    /// <summary>Begins a test.</summary>
    /// <param name="errorRate">How likely equal ones may be called different, ever; above 0 and at most 0.2.</param>
    /// <param name="tightestAt">The number of differences at which the interval is tightest; 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is not allowed.</exception>
    public SequentialTest(double errorRate, int tightestAt)
    {
        if (errorRate is not (> 0 and <= 0.2))
        {
            throw new ArgumentOutOfRangeException(nameof(errorRate), errorRate, "Above 0 and at most 0.2.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(tightestAt, 1);
        (ErrorRate, TightestAt) = (errorRate, tightestAt);
        // The mixture's width that makes the interval about tightest there (the paper's appendix B.2).
        var log = -2 * Math.Log(errorRate);
        _mixture = (log + Math.Log(log) + 1) / tightestAt;
    }

    /// <summary>The bound on calling equal ones different.</summary>
    public double ErrorRate { get; }

    /// <summary>The number of differences at which the interval is tightest.</summary>
    public int TightestAt { get; }

    /// <summary>How many differences were added.</summary>
    public int Count { get; private set; }

    /// <summary>Their mean; zero without any.</summary>
    public double Mean { get; private set; }

    /// <summary>
    /// Their variance over n, or that of their sum per difference where near ones move together; null without any.
    /// </summary>
    public double? Variance => Count == 0 ? null : Math.Max(_second / Count, _longRun.Value);

    /// <summary>
    /// How many differences make up the variance: their count over their kurtosis, a third of it where they are
    /// normally distributed. Zero where they do not vary.
    /// </summary>
    public double EffectiveCount => _fourth > 0 ? _second * _second / _fourth : 0;

    /// <summary>Whether enough is known for an interval.</summary>
    public bool IsReady => Count >= LeastCount && EffectiveCount >= LeastEffectiveCount;

    /// <summary>
    /// Half of the interval that holds the true mean at all times together with a probability of at least
    /// 1 - <see cref="ErrorRate"/>; null while too little is known.
    /// </summary>
    public double? HalfWidth
    {
        get
        {
            if (!IsReady)
            {
                return null;
            }

            var spread = (Count * _mixture) + 1;
            return Math.Sqrt(
                2 * Variance!.Value * spread / ((double)Count * Count * _mixture)
                * Math.Log(Math.Sqrt(spread) / ErrorRate));
        }
    }

    /// <summary>
    /// The smallest error rate at which they would be called different now, 1 at most; as valid at any time as the
    /// interval is. Null while too little is known.
    /// </summary>
    public double? PValue
    {
        get
        {
            if (!IsReady)
            {
                return null;
            }

            var spread = (Count * _mixture) + 1;
            var evidence = (double)Count * Count * _mixture * Mean * Mean / (2 * Variance!.Value * spread);
            return Math.Min(1, Math.Sqrt(spread) * Math.Exp(-evidence));
        }
    }

    /// <summary>Which one is better now: 1 the first, -1 the second, 0 where that cannot be said.</summary>
    public int Better => HalfWidth is { } half && Math.Abs(Mean) > half ? Math.Sign(Mean) : 0;

    /// <summary>Adds the difference of one more bar, the first's return less the second's.</summary>
    /// <param name="difference">The difference; finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public void Add(double difference)
    {
        if (!double.IsFinite(difference))
        {
            throw new ArgumentOutOfRangeException(nameof(difference), difference, "A difference is a finite number.");
        }

        _longRun.Add(difference);
        // One-pass updates of the central moments (Pebay 2008): sums of powers of small numbers lose what matters.
        double count = ++Count;
        var delta = difference - Mean;
        var step = delta / count;
        var term = delta * step * (count - 1);
        Mean += step;
        _fourth += (term * step * step * ((count * count) - (3 * count) + 3))
            + (6 * step * step * _second) - (4 * step * _third);
        _third += (term * step * (count - 2)) - (3 * step * _second);
        _second += term;
    }
}

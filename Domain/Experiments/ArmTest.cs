namespace Trading.Domain.Experiments;

/// <summary>
/// Tests one arm against the control, bar by bar. The first verdict stands: the promise of the sequential test is that
/// it is wrong at no time, with the probability stated.
/// </summary>
public sealed class ArmTest
{
    private readonly SequentialTest _test;

    /// <summary>Begins the test of one of several arms.</summary>
    /// <param name="errorRate">How likely any arm that is as good as the control is called different, ever.</param>
    /// <param name="challengers">
    /// The arms that are compared with the control; each has an equal part of the error rate (Bonferroni).
    /// </param>
    /// <param name="horizon">The bars that are planned; the interval is tightest half way.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is not allowed.</exception>
    public ArmTest(double errorRate, int challengers, int horizon)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(challengers, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        _test = new(errorRate / challengers, Math.Max(SequentialTest.LeastCount, horizon / 2));
    }

    /// <summary>What is said of the arm.</summary>
    public ExperimentVerdict Verdict { get; private set; }

    /// <summary>After how many bars it was first said; null before.</summary>
    public int? DecidedAt { get; private set; }

    /// <summary>What is known now.</summary>
    public ArmTestReading Reading => new(
        _test.Count,
        _test.Mean,
        _test.HalfWidth is { } half ? _test.Mean - half : null,
        _test.HalfWidth is { } other ? _test.Mean + other : null,
        _test.PValue,
        _test.EffectiveCount);

    /// <summary>Adds a bar.</summary>
    /// <param name="arm">The arm's return.</param>
    /// <param name="control">The control's return.</param>
    /// <exception cref="ArgumentOutOfRangeException">A return is not finite.</exception>
    public void Add(double arm, double control)
    {
        _test.Add(arm - control);
        if (Verdict == ExperimentVerdict.Undecided && _test.Better is var better && better != 0)
        {
            Verdict = better > 0 ? ExperimentVerdict.Better : ExperimentVerdict.Worse;
            DecidedAt = _test.Count;
        }
    }
}

/// <summary>What is known of an arm against the control after some bars.</summary>
/// <param name="Bars">How many bars.</param>
/// <param name="Mean">The mean difference of return a bar, the arm's less the control's; zero without bars.</param>
/// <param name="Low">The lower end of its confidence sequence; null while too little is known.</param>
/// <param name="High">The upper end.</param>
/// <param name="PValue">The anytime-valid p-value, of this arm alone; null while too little is known.</param>
/// <param name="EffectiveBars">
/// How many bars the difference rests on; too little is known below <see cref="SequentialTest.LeastEffectiveCount"/>.
/// </param>
public readonly record struct ArmTestReading(
    int Bars, double Mean, double? Low, double? High, double? PValue, double EffectiveBars);

using Trading.Domain.Experiments;

namespace Trading.Data.Experiments;

/// <summary>The tests of all arms against the control, replayed from stored points: they say the same every time.</summary>
public sealed class ArmTests
{
    private readonly ArmTest[] _tests;
    private readonly double[] _last;

    public ArmTests(ExperimentSpec spec)
    {
        _tests = [.. spec.Arms.Skip(1).Select(_ => new ArmTest(spec.ErrorRate, spec.Arms.Count - 1, spec.Horizon))];
        _last = [.. spec.Arms.Select(_ => (double)spec.Settings.InitialCash)];
    }

    /// <summary>Of each arm but the control.</summary>
    public IReadOnlyList<ArmTest> All => _tests;

    /// <summary>Adds a point.</summary>
    /// <param name="equity">Of each arm.</param>
    public void Add(ReadOnlySpan<double> equity)
    {
        var control = PaperTrading.Return(_last[0], equity[0]);
        for (var arm = 1; arm < equity.Length; arm++)
        {
            _tests[arm - 1].Add(PaperTrading.Return(_last[arm], equity[arm]), control);
        }

        equity.CopyTo(_last);
    }
}

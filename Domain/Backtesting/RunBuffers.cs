namespace Trading.Domain.Backtesting;

/// <summary>
/// Where a run writes its equity, every bar of it: fresh memory for a report, the same again and again within a sweep.
/// </summary>
internal sealed class RunBuffers
{
    private double[] _equity = [];
    private double[] _invested = [];

    public (Memory<double> Equity, Memory<double> Invested) Take(int bars)
    {
        if (_equity.Length < bars)
        {
            _equity = GC.AllocateUninitializedArray<double>(bars);
            _invested = GC.AllocateUninitializedArray<double>(bars);
        }

        return (_equity.AsMemory(0, bars), _invested.AsMemory(0, bars));
    }
}

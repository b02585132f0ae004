using System.Buffers;

namespace Trading.Domain.Strategies.Language.Plan;

/// <summary>
/// One run over a history: its columns, the columns under way, and what comes of it. Slots are the history's columns,
/// then registers, whose memory is lent.
/// </summary>
internal sealed class PlanRun : IDisposable
{
    /// <summary>Columns of the history; registers come after them.</summary>
    public const int Inputs = 5;

    private readonly double[][] _registers;
    private readonly double[] _constants;

    public PlanRun(PriceHistory history, double[] constants, int registers)
    {
        History = history;
        _constants = constants;
        _registers = new double[registers][];
        for (var index = 0; index < registers; index++)
        {
            _registers[index] = ArrayPool<double>.Shared.Rent(history.Count);
        }

        Actions = new StrategyAction[history.Count];
    }

    public PriceHistory History { get; }

    public int Count => History.Count;

    public StrategyAction[] Actions { get; }

    public double[]? StopDistance { get; set; }

    public double[]? TargetDistance { get; set; }

    public double ConstantAt(int index) => _constants[index];

    public ReadOnlyMemory<double> Read(int slot) => (InputSeries)slot switch
    {
        InputSeries.Open => History.Open,
        InputSeries.High => History.High,
        InputSeries.Low => History.Low,
        InputSeries.Close => History.Close,
        InputSeries.Volume => History.Volume,
        _ => Write(slot),
    };

    public Memory<double> Write(int slot) => _registers[slot - Inputs].AsMemory(0, Count);

    public void Dispose()
    {
        foreach (var register in _registers)
        {
            ArrayPool<double>.Shared.Return(register);
        }
    }
}

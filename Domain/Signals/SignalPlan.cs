namespace Trading.Domain.Signals;

/// <summary>The prices of a signal, in the instrument's currency.</summary>
/// <param name="Direction">Long or short.</param>
/// <param name="Entry">The close that it was made at.</param>
/// <param name="Target">Where it takes its profit: beyond the entry in its direction.</param>
/// <param name="Stop">Where it takes its loss: beyond the entry against it.</param>
/// <param name="ExpiryBars">It expires at the close of this bar after its own.</param>
public readonly record struct SignalPlan(
    SignalDirection Direction, double Entry, double Target, double Stop, int ExpiryBars)
{
    /// <summary>The distance from entry to stop: one R.</summary>
    public double Risk => Math.Abs(Entry - Stop);

    /// <summary>1 for long, -1 for short.</summary>
    public int Side => (int)Direction;

    /// <summary>The same plan for units from after a split.</summary>
    /// <param name="split">New units for one old; the prices are divided by it.</param>
    public SignalPlan AfterSplit(double split) =>
        this with { Entry = Entry / split, Target = Target / split, Stop = Stop / split };
}

namespace Trading.Domain.Backtesting.Sweeps;

/// <summary>The values that a sweep tries of one parameter.</summary>
/// <param name="Name">The parameter's name; those not named keep their default.</param>
/// <param name="From">The lowest value.</param>
/// <param name="To">The highest value, at most.</param>
/// <param name="Step">The distance of neighbours on the grid, above zero.</param>
public sealed record SweepAxis(string Name, double From, double To, double Step)
{
    /// <summary>How many values there are.</summary>
    /// <remarks>A rounding error does not lose the last value.</remarks>
    public int Count => (int)Math.Floor(((To - From) / Step) + 1e-9) + 1;

    /// <summary>One of the values.</summary>
    /// <param name="index">Which, from 0.</param>
    /// <remarks>A rounding error does not lead beyond the end.</remarks>
    public double Value(int index) => Math.Min(From + (index * Step), To);
}

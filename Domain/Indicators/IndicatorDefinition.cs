namespace Trading.Domain.Indicators;

/// <summary>
/// What an indicator is called, reads and yields, and both its forms, for those that look it up by name.
/// Arguments are given in the order of <see cref="Parameters"/>.
/// </summary>
public abstract class IndicatorDefinition
{
    private protected IndicatorDefinition(string name, string title)
    {
        Name = name;
        Title = title;
    }

    /// <summary>The name in formulas and on the wire, such as <c>rsi</c>.</summary>
    public string Name { get; }

    /// <summary>The name in full, such as "Relative strength index".</summary>
    public string Title { get; }

    /// <summary>The series that it reads.</summary>
    public required IReadOnlyList<IndicatorInput> Inputs { get; init; }

    /// <summary>The numbers that it is computed with.</summary>
    public required IReadOnlyList<IndicatorParameter> Parameters { get; init; }

    /// <summary>The names of the series that it yields; the first is the main one.</summary>
    public required IReadOnlyList<string> Outputs { get; init; }

    /// <summary>The default arguments.</summary>
    public double[] Defaults => [.. Parameters.Select(parameter => parameter.Default)];

    /// <summary>The index, from 0, of the first bar that has a value, in a history without gaps.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="output">Which of the outputs.</param>
    /// <exception cref="ArgumentException">The arguments are not allowed, or there is no such output.</exception>
    public abstract int FirstIndex(ReadOnlySpan<double> arguments, int output = 0);

    /// <summary>
    /// The bars to fetch before the first that is shown, so that where the history starts does not show: 10 periods for
    /// recursive indicators. Cumulative ones (OBV, the parabolic SAR) depend on their start for good, or long.
    /// </summary>
    /// <param name="arguments">The arguments.</param>
    /// <exception cref="ArgumentException">The arguments are not allowed.</exception>
    public abstract int WarmUp(ReadOnlySpan<double> arguments);

    /// <summary>
    /// The batch form: yields the values of a whole history. A bar whose inputs are not all finite yields NaN and makes
    /// the indicator start anew after it.
    /// </summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="inputs">The series of <see cref="Inputs"/>, equally long.</param>
    /// <param name="outputs">Receive the series of <see cref="Outputs"/>, NaN before the first value.</param>
    /// <exception cref="ArgumentException">
    /// The arguments are not allowed, or the series differ in number or length, or share memory.
    /// </exception>
    public abstract void Compute(
        ReadOnlySpan<double> arguments,
        ReadOnlySpan<ReadOnlyMemory<double>> inputs,
        ReadOnlySpan<Memory<double>> outputs);

    /// <summary>The streaming form.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <exception cref="ArgumentException">The arguments are not allowed.</exception>
    public abstract IndicatorStream Stream(ReadOnlySpan<double> arguments);

    /// <summary>Checks the number of the arguments and the range of each.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <exception cref="ArgumentException">There are more or fewer than parameters.</exception>
    /// <exception cref="ArgumentOutOfRangeException">One is out of range.</exception>
    public void Check(ReadOnlySpan<double> arguments)
    {
        if (arguments.Length != Parameters.Count)
        {
            throw new ArgumentException(
                $"{Name} takes {Parameters.Count} arguments, was given {arguments.Length}.", nameof(arguments));
        }

        for (var index = 0; index < arguments.Length; index++)
        {
            Parameters[index].Check(arguments[index]);
        }
    }
}

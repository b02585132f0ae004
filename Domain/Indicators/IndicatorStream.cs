namespace Trading.Domain.Indicators;

/// <summary>
/// The streaming form of an indicator: one bar in, its values out, the same bits as the batch form gives. Allocates
/// nothing after construction; constant time per bar, amortised. Not thread-safe.
/// </summary>
public abstract class IndicatorStream
{
    /// <summary>The doubles read of each bar, in the order of the definition's inputs.</summary>
    public abstract int InputCount { get; }

    /// <summary>The values yielded for each bar, in the order of the definition's outputs.</summary>
    public abstract int OutputCount { get; }

    /// <summary>The bytes of a saved state.</summary>
    public abstract int StateLength { get; }

    /// <summary>
    /// Takes the next bar. One whose inputs are not all finite yields NaN and makes the indicator start anew.
    /// </summary>
    /// <param name="inputs">The bar's inputs.</param>
    /// <param name="outputs">Receives the values; NaN before the first.</param>
    /// <exception cref="ArgumentException">Too few inputs, or no room for the outputs.</exception>
    public abstract void Update(ReadOnlySpan<double> inputs, Span<double> outputs);

    /// <summary>Forgets all bars.</summary>
    public abstract void Restart();

    /// <summary>
    /// Writes all that the indicator knows of the bars before, to continue elsewhere with the same bits.
    /// </summary>
    /// <param name="state">Receives <see cref="StateLength"/> bytes.</param>
    /// <exception cref="ArgumentException">There is no room for the state.</exception>
    public abstract void Save(Span<byte> state);

    /// <summary>All that the indicator knows of the bars before, such as for a JSON document.</summary>
    public byte[] Save()
    {
        var state = new byte[StateLength];
        Save(state);
        return state;
    }

    /// <summary>Takes up where a saved indicator left off.</summary>
    /// <param name="state">What <see cref="Save()"/> gave.</param>
    /// <exception cref="ArgumentException">The state is of another indicator, or of other parameters.</exception>
    public abstract void Restore(ReadOnlySpan<byte> state);
}

/// <summary>The streaming form of an indicator, with its inputs and outputs by name.</summary>
/// <typeparam name="TInput">What is read of a bar.</typeparam>
/// <typeparam name="TOutput">The values yielded.</typeparam>
public abstract class IndicatorStream<TInput, TOutput> : IndicatorStream
    where TInput : unmanaged
    where TOutput : unmanaged
{
    /// <summary>Takes the next bar; as <see cref="IndicatorStream.Update"/>.</summary>
    /// <param name="bar">The bar's inputs.</param>
    /// <returns>The values; NaN before the first, and for a bar whose inputs are not all finite.</returns>
    public abstract TOutput Update(TInput bar);
}

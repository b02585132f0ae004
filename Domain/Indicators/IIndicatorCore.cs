namespace Trading.Domain.Indicators;

/// <summary>
/// The arithmetic of an indicator, bar by bar, from which both its forms come. An unmanaged value without padding: what
/// it knows of the past is in its fields and in the window, so that saving both saves the indicator.
/// </summary>
/// <typeparam name="TSelf">The core itself.</typeparam>
/// <typeparam name="TInput">What it reads of a bar: one or more doubles.</typeparam>
/// <typeparam name="TOutput">What it yields for a bar: one or more doubles.</typeparam>
internal interface IIndicatorCore<TSelf, TInput, TOutput>
    where TSelf : unmanaged, IIndicatorCore<TSelf, TInput, TOutput>
    where TInput : unmanaged
    where TOutput : unmanaged
{
    /// <summary>The doubles that it keeps in the window; what they are at the start does not matter.</summary>
    int WindowLength { get; }

    /// <summary>The bars after which the start of the history no longer shows.</summary>
    int WarmUp { get; }

    /// <summary>The index of the first bar that has a value of this output.</summary>
    int FirstIndex(int output);

    /// <summary>Takes the next bar, whose values are finite.</summary>
    TOutput Update(TInput bar, Span<double> window);

    /// <summary>
    /// Yields the values of a whole history, bit for bit as <see cref="Update"/> does, where that can be faster.
    /// </summary>
    static virtual void Compute(TSelf core, InputColumns inputs, OutputColumns outputs) =>
        IndicatorBatch.Loop<TSelf, TInput, TOutput>(core, inputs, outputs);
}

namespace Trading.Domain.Indicators;

/// <summary>
/// An indicator's way through many bars at once; it fills every bar that it is given, with NaN where it has no value.
/// </summary>
internal interface ITileKernel
{
    /// <summary>Forgets the bars before this one.</summary>
    void Restart(int bar);

    /// <summary>Takes the bars up to, without, another; all are finite and follow those taken before.</summary>
    void Run(int from, int to);
}

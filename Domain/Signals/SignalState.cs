namespace Trading.Domain.Signals;

/// <summary>
/// Where a signal is in its life: active, and then exactly one of the others for good. The numbers are stored: never
/// renumber.
/// </summary>
public enum SignalState : short
{
    /// <summary>Neither target nor stop was touched yet.</summary>
    Active = 0,

    /// <summary>The target was touched first.</summary>
    TargetHit = 1,

    /// <summary>The stop was touched first, or in the same bar as the target.</summary>
    Stopped = 2,

    /// <summary>The last bar of its time closed between stop and target.</summary>
    Expired = 3,

    /// <summary>A signal of the other direction came, or the prices that it was computed from were corrected.</summary>
    Invalidated = 4,
}

namespace Trading.Tests.Faults;

/// <summary>
/// The system's clock for those who never give up: time-outs do not end, while timers that repeat run as ever. A pause of a
/// busy machine is then not taken for a Redis that is away.
/// </summary>
internal sealed class PatientTime : TimeProvider
{
    public static PatientTime Instance { get; } = new();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, period == Timeout.InfiniteTimeSpan ? Timeout.InfiniteTimeSpan : dueTime, period);
}

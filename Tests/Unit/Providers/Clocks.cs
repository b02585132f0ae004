using System.Collections.Concurrent;

namespace Trading.Tests.Unit.Providers;

/// <summary>The system's clock, put forward by a test; timers run as ever.</summary>
internal sealed class SteppedTime : TimeProvider
{
    private long _ahead;

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ahead, by.Ticks);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref _ahead));

    public override long GetTimestamp() =>
        System.GetTimestamp() + (Interlocked.Read(ref _ahead) * (TimestampFrequency / TimeSpan.TicksPerSecond));
}

/// <summary>Waits up to some length are over at once, and kept; longer ones, as time-outs are, run as ever.</summary>
internal sealed class SkippingTime(TimeSpan longest) : TimeProvider
{
    private static readonly TimeSpan _least = TimeSpan.FromMilliseconds(1);

    private readonly ConcurrentQueue<TimeSpan> _skipped = [];
    private readonly DateTimeOffset _now = System.GetUtcNow();

    public IReadOnlyList<TimeSpan> Skipped => [.. _skipped];

    /// <summary>Stands still.</summary>
    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => 0;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime < _least || dueTime > longest)
        {
            return base.CreateTimer(callback, state, dueTime, period);
        }

        _skipped.Enqueue(dueTime);
        return base.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}

/// <summary>A clock that a test moves, and on which no wait ever ends.</summary>
internal sealed class HeldTime : TimeProvider
{
    private readonly List<TimeSpan> _held = [];
    private DateTimeOffset _now = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    public IReadOnlyList<TimeSpan> Held => _held;

    public void Advance(TimeSpan by) => _now += by;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _now.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _held.Add(dueTime);
        return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}

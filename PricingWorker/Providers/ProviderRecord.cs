using System.Diagnostics;
using Trading.PricingWorker.Hosting;

namespace Trading.PricingWorker.Providers;

/// <summary>What came of asking one provider since the worker began.</summary>
internal sealed class ProviderRecord
{
    private readonly ProviderMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly long[] _failures = new long[Enum.GetValues<FailureKind>().Length];
    private Func<BreakerState> _breaker = () => BreakerState.Closed;
    private long _successes;
    private long _lastSuccess;
    private Failure? _last;

    public ProviderRecord(ProviderName name, ProviderMetrics metrics, TimeProvider time)
    {
        (Name, _metrics, _time) = (name, metrics, time);
        metrics.Watch(this);
    }

    public ProviderName Name { get; }

    public BreakerState Breaker => _breaker();

    public long Successes => Volatile.Read(ref _successes);

    public DateTime? LastSuccess => Volatile.Read(ref _lastSuccess) is > 0 and var ticks
        ? new DateTime(ticks, DateTimeKind.Utc)
        : null;

    public Failure? LastFailure => Volatile.Read(ref _last);

    public long FailuresOf(FailureKind kind) => Volatile.Read(ref _failures[(int)kind]);

    public void ObserveBreaker(Func<BreakerState> breaker) => _breaker = breaker;

    public Activity? Begin(string operation)
    {
        var activity = WorkerMetrics.Activities.StartActivity($"{Name.Code()} {operation}", ActivityKind.Client);
        activity?.SetTag("trading.provider", Name.Code());
        return activity;
    }

    public void Succeeded(TimeSpan took)
    {
        Interlocked.Increment(ref _successes);
        Volatile.Write(ref _lastSuccess, _time.GetUtcNow().UtcTicks);
        _metrics.Asked(Name, null, took);
    }

    public void Failed(ProviderException failure, TimeSpan took)
    {
        Note(failure);
        _metrics.Asked(Name, failure.Kind, took);
    }

    /// <summary>Notes one quote of an answer that is not taken.</summary>
    public void LeftOut(ProviderException why)
    {
        Note(why);
        _metrics.LeftOut(Name);
    }

    private void Note(ProviderException failure)
    {
        Interlocked.Increment(ref _failures[(int)failure.Kind]);
        Volatile.Write(ref _last, new Failure(failure.Kind, failure.Message, _time.GetUtcNow().UtcDateTime));
    }

    internal sealed record Failure(FailureKind Kind, string Message, DateTime Time);
}

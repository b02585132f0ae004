namespace Trading.PricingWorker.Providers.Http;

/// <summary>
/// Spaces requests: a burst at once, then so many a second, each in the order in which it came. What the provider
/// itself wants waited comes on top.
/// </summary>
internal sealed class RequestPace(double perSecond, int burst, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly TimeSpan _step = TimeSpan.FromSeconds(1 / perSecond);
    private readonly long _start = time.GetTimestamp();
    private TimeSpan _next = TimeSpan.MinValue;
    private TimeSpan _pausedUntil = TimeSpan.MinValue;

    // Not the time of day, which may be set back.
    private TimeSpan Now => time.GetElapsedTime(_start);

    /// <summary>How long the provider still wants to be left alone; zero where it does not.</summary>
    public TimeSpan Pause
    {
        get
        {
            lock (_gate)
            {
                var now = Now;
                return _pausedUntil > now ? _pausedUntil - now : TimeSpan.Zero;
            }
        }
    }

    public void PauseFor(TimeSpan wait)
    {
        lock (_gate)
        {
            var until = Now + wait;
            _pausedUntil = until > _pausedUntil ? until : _pausedUntil;
        }
    }

    public Task WaitAsync(CancellationToken cancellationToken)
    {
        var wait = Take();
        return wait > TimeSpan.Zero ? Task.Delay(wait, time, cancellationToken) : Task.CompletedTask;
    }

    private TimeSpan Take()
    {
        lock (_gate)
        {
            var now = Now;
            var rested = now - (_step * (burst - 1));
            var turn = _next > rested ? _next : rested;
            _next = turn + _step;
            return (turn > _pausedUntil ? turn : _pausedUntil) - now;
        }
    }
}

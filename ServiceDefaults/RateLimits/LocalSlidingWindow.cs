namespace Trading.ServiceDefaults.RateLimits;

internal sealed class LocalSlidingWindow(RateLimitRule rule) : LocalLimit
{
    private readonly long _step = rule.WindowMilliseconds / RateLimitRule.Segments;
    private readonly int[] _counts = new int[RateLimitRule.Segments];
    private long _latest;
    private long _used;

    protected override Grant TakeCore(long now)
    {
        var step = now / _step;
        Forget(step);
        var given = _used < rule.Permits ? 1 : 0;
        _used += given;
        _counts[step % RateLimitRule.Segments] += given;
        var reset = ((Oldest(step) + RateLimitRule.Segments) * _step) - now;
        return new Grant(given, rule.Permits - _used, reset, ((step + 1) * _step) - now, given == 0 ? reset : 0);
    }

    protected override void GiveBackCore(long now)
    {
        var step = now / _step;
        Forget(step);
        for (var at = step; at > step - RateLimitRule.Segments && at >= 0; at--)
        {
            ref var count = ref _counts[at % RateLimitRule.Segments];
            if (count > 0)
            {
                (count, _used) = (count - 1, _used - 1);
                return;
            }
        }
    }

    private void Forget(long step)
    {
        for (var passed = Math.Max(_latest + 1, step - RateLimitRule.Segments + 1); passed <= step; passed++)
        {
            ref var count = ref _counts[passed % RateLimitRule.Segments];
            _used -= count;
            count = 0;
        }

        _latest = step;
    }

    private long Oldest(long step)
    {
        for (var at = Math.Max(step - RateLimitRule.Segments + 1, 0); at < step; at++)
        {
            if (_counts[at % RateLimitRule.Segments] > 0)
            {
                return at;
            }
        }

        return step;
    }
}

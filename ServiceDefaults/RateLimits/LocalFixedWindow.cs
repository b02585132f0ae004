namespace Trading.ServiceDefaults.RateLimits;

internal sealed class LocalFixedWindow(RateLimitRule rule) : LocalLimit
{
    private long? _start;
    private long _used;

    protected override Grant TakeCore(long now)
    {
        if (_start is not { } start || now >= start + rule.WindowMilliseconds)
        {
            _start = start = now;
            _used = 0;
        }

        var given = _used < rule.Permits ? 1 : 0;
        _used += given;
        var reset = start + rule.WindowMilliseconds - now;
        return new Grant(given, rule.Permits - _used, reset, reset, given == 0 ? reset : 0);
    }

    protected override void GiveBackCore(long now) => _used = Math.Max(_used - 1, 0);
}

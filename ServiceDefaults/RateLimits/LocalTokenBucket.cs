namespace Trading.ServiceDefaults.RateLimits;

internal sealed class LocalTokenBucket(RateLimitRule rule) : LocalLimit
{
    private readonly double _perMillisecond = rule.Permits / (double)rule.WindowMilliseconds;
    private double _tokens = rule.Permits;
    private long? _filledAt;

    protected override void GiveBackCore(long now) => _tokens = Math.Min(rule.Permits, _tokens + 1);

    protected override Grant TakeCore(long now)
    {
        _tokens = Math.Min(rule.Permits, _tokens + ((now - (_filledAt ?? now)) * _perMillisecond));
        _filledAt = now;
        var given = _tokens >= 1 ? 1 : 0;
        _tokens -= given;
        var full = (long)Math.Ceiling((rule.Permits - _tokens) / _perMillisecond);
        var retry = given == 0 ? (long)Math.Ceiling((1 - _tokens) / _perMillisecond) : 0;
        return new Grant(given, (long)_tokens, full, rule.WindowMilliseconds / RateLimitRule.Segments, retry);
    }
}

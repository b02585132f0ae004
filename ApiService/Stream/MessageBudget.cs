namespace Trading.ApiService.Stream;

/// <summary>So many messages a second in the long run, and twice as many at once.</summary>
internal sealed class MessageBudget(int perSecond, TimeProvider time)
{
    private double _left = perSecond * 2;
    private long _at = time.GetTimestamp();

    public bool TrySpend()
    {
        var now = time.GetTimestamp();
        _left = Math.Min(_left + (time.GetElapsedTime(_at, now).TotalSeconds * perSecond), perSecond * 2);
        _at = now;
        if (_left < 1)
        {
            return false;
        }

        _left--;
        return true;
    }
}

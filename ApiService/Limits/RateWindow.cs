namespace Trading.ApiService.Limits;

/// <summary>Counts one client's requests in the current window; window and count change as one.</summary>
internal sealed class RateWindow
{
    private long _state;

    public uint Number => (uint)(Volatile.Read(ref _state) >> 32);

    /// <summary>Counts a request, and returns how many there now are in the window, this one included.</summary>
    public int Count(uint window, int limit)
    {
        while (true)
        {
            var state = Volatile.Read(ref _state);
            var count = (uint)(state >> 32) == window ? (int)(uint)state : 0;
            if (count > limit)
            {
                return count;
            }

            var next = ((long)window << 32) | (uint)(count + 1);
            if (Interlocked.CompareExchange(ref _state, next, state) == state)
            {
                return count + 1;
            }
        }
    }
}

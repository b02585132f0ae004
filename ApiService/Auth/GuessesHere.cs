using System.Collections.Concurrent;

namespace Trading.ApiService.Auth;

/// <summary>Counts guesses in this process, for while Redis is away.</summary>
internal sealed class GuessesHere(TimeProvider time, TimeSpan forgetAfter)
{
    private const int MostKept = 100_000;
    private static readonly TimeSpan _sweepEvery = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Count> _counts = new();
    private long _sweptAt = time.GetTimestamp();

    public int Kept => _counts.Count;

    /// <summary>Counts a guess; where the key has to wait, it is not counted and the wait is given.</summary>
    public TimeSpan Take(string key, string token, int free, TimeSpan longest)
    {
        Sweep();
        while (true)
        {
            var now = time.GetUtcNow();
            var isKnown = _counts.TryGetValue(key, out var last);
            if (last.Until > now)
            {
                return last.Until - now;
            }

            var next = Next(last, token, free, longest, now);
            if (isKnown ? _counts.TryUpdate(key, next, last) : _counts.Count >= MostKept || _counts.TryAdd(key, next))
            {
                return TimeSpan.Zero;
            }
        }
    }

    /// <summary>A guess was right, or was none: it counts no more, and the waiting that it began ends.</summary>
    public void GiveBack(string key, string token)
    {
        while (_counts.TryGetValue(key, out var last))
        {
            var next = last with
            {
                Wrong = last.Wrong - 1,
                Until = last.Token == token ? default : last.Until,
            };
            if (next.Wrong <= 0 ? _counts.TryRemove(new(key, last)) : _counts.TryUpdate(key, next, last))
            {
                return;
            }
        }
    }

    public void Forget(string key) => _counts.TryRemove(key, out _);

    private Count Next(Count last, string token, int free, TimeSpan longest, DateTimeOffset now)
    {
        var wrong = now - last.At > forgetAfter ? 1 : last.Wrong + 1;
        return wrong < free
            ? new Count(wrong, now, default, "")
            : new Count(
                wrong, now, now + TimeSpan.FromSeconds(Math.Min(Math.Pow(2, wrong - free), longest.TotalSeconds)), token);
    }

    private void Sweep()
    {
        var last = Volatile.Read(ref _sweptAt);
        if (time.GetElapsedTime(last) < _sweepEvery
            || Interlocked.CompareExchange(ref _sweptAt, time.GetTimestamp(), last) != last)
        {
            return;
        }

        var now = time.GetUtcNow();
        foreach (var old in _counts.Where(count => now - count.Value.At > forgetAfter))
        {
            _counts.TryRemove(old);
        }
    }

    private readonly record struct Count(int Wrong, DateTimeOffset At, DateTimeOffset Until, string Token);
}

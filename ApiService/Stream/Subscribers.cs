namespace Trading.ApiService.Stream;

/// <summary>Who wants one ticker. Held under a lock for as long as it takes to set one bit per subscriber.</summary>
internal sealed class Subscribers
{
    private readonly Lock _gate = new();
    private Entry[] _entries = new Entry[4];
    private int _count;

    public void Add(SubscriptionSet subscription, int index)
    {
        lock (_gate)
        {
            if (_count == _entries.Length)
            {
                Array.Resize(ref _entries, _count * 2);
            }

            _entries[_count++] = new Entry(subscription, index);
        }
    }

    public void Remove(SubscriptionSet subscription)
    {
        lock (_gate)
        {
            for (var i = 0; i < _count; i++)
            {
                if (ReferenceEquals(_entries[i].Subscription, subscription))
                {
                    _entries[i] = _entries[--_count];
                    _entries[_count] = default;
                    return;
                }
            }
        }
    }

    /// <summary>Marks the ticker as changed for everyone, and collects whom that touched first in this round.</summary>
    /// <returns>How many had not yet sent the change before.</returns>
    public int Mark(long round, List<SubscriptionSet> touched)
    {
        var conflated = 0;
        lock (_gate)
        {
            foreach (ref readonly var entry in _entries.AsSpan(0, _count))
            {
                conflated += entry.Subscription.Mark(entry.Index) ? 0 : 1;
                if (entry.Subscription.Touch(round))
                {
                    touched.Add(entry.Subscription);
                }
            }
        }

        return conflated;
    }

    private readonly record struct Entry(SubscriptionSet Subscription, int Index);
}

using Trading.ApiService.Quotes;
using Trading.ApiService.Telemetry;

namespace Trading.ApiService.Stream;

/// <summary>Tells every connection which of its tickers a frame has changed, and wakes each once per frame.</summary>
internal sealed class StreamHub(ApiMetrics metrics)
{
    private readonly Lock _growing = new();
    private readonly List<SubscriptionSet> _touched = [];
    private Subscribers?[] _bySlot = new Subscribers?[256];
    private long _round;
    private long _published;

    /// <summary>The newest frame that every connection concerned knows of.</summary>
    public long Published => Volatile.Read(ref _published);

    /// <summary>Called by the thread that applies frames, after each.</summary>
    public void Publish(ReadOnlySpan<QuoteSlot> changed, long sequence)
    {
        _round++;
        var conflated = 0;
        var bySlot = Volatile.Read(ref _bySlot);
        foreach (var slot in changed)
        {
            if (slot.Index < bySlot.Length && Volatile.Read(ref bySlot[slot.Index]) is { } subscribers)
            {
                conflated += subscribers.Mark(_round, _touched);
            }
        }

        Volatile.Write(ref _published, sequence);
        if (conflated > 0)
        {
            metrics.Conflated(conflated);
        }

        foreach (var subscription in _touched)
        {
            subscription.Owner.Wake();
        }

        _touched.Clear();
    }

    public void Add(SubscriptionSet subscription, QuoteSlot slot)
    {
        var index = subscription.Add(slot);
        Of(slot).Add(subscription, index);
        subscription.Mark(index);
    }

    public void Remove(SubscriptionSet subscription, QuoteSlot slot)
    {
        Of(slot).Remove(subscription);
        subscription.Remove(slot);
    }

    public void RemoveAll(SubscriptionSet subscription)
    {
        foreach (var slot in subscription.Slots.ToArray())
        {
            Remove(subscription, slot);
        }
    }

    private Subscribers Of(QuoteSlot slot)
    {
        lock (_growing)
        {
            if (slot.Index >= _bySlot.Length)
            {
                var grown = new Subscribers?[Math.Max(_bySlot.Length * 2, slot.Index + 1)];
                _bySlot.CopyTo(grown, 0);
                Volatile.Write(ref _bySlot, grown);
            }

            if (_bySlot[slot.Index] is not { } subscribers)
            {
                subscribers = new Subscribers();
                Volatile.Write(ref _bySlot[slot.Index], subscribers);
            }

            return subscribers;
        }
    }
}

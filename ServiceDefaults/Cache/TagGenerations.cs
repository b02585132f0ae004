namespace Trading.ServiceDefaults.Cache;

/// <summary>
/// Counts the invalidations of tags in this process. A value remembers the counts from before it was read, and is stale
/// once one has risen: nothing has to be searched, and a value whose read began before an invalidation is never served after.
/// </summary>
internal sealed class TagGenerations
{
    // Tags share counters where their hashes collide: that invalidates too much now and then, never too little.
    private const int Counters = 1 << 16;

    private readonly long[] _generations = new long[Counters];
    private long _all;

    public void Raise(string tag) => Interlocked.Increment(ref _generations[IndexOf(tag)]);

    public void RaiseAll() => Interlocked.Increment(ref _all);

    public TagStamp Now(string[] tags)
    {
        var sum = Volatile.Read(ref _all);
        foreach (var tag in tags)
        {
            sum += Volatile.Read(ref _generations[IndexOf(tag)]);
        }

        return new TagStamp(tags, sum);
    }

    // The counts only rise, so that their sum is the same only where each of them is.
    public bool IsCurrent(TagStamp stamp) => Now(stamp.Tags).Sum == stamp.Sum;

    private static int IndexOf(string tag) => string.GetHashCode(tag, StringComparison.Ordinal) & (Counters - 1);
}

/// <summary>The counts of some tags at an instant.</summary>
internal readonly record struct TagStamp(string[] Tags, long Sum);

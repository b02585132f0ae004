namespace Trading.ServiceDefaults.Cache;

/// <summary>A value in memory.</summary>
internal sealed class MemoryEntry(string key, object value, long bytes, long expiresAt, TagStamp stamp)
{
    public string Key => key;

    public object Value => value;

    /// <summary>What it takes, with an allowance for what holds it.</summary>
    public long Bytes => bytes;

    /// <summary>A time stamp of the clock.</summary>
    public long ExpiresAt => expiresAt;

    public TagStamp Stamp => stamp;

    /// <summary>Its place among those that may be evicted.</summary>
    public int Slot { get; set; } = -1;
}

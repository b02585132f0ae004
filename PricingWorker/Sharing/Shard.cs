namespace Trading.PricingWorker.Sharing;

/// <summary>The parts that the quoted instruments are shared out in.</summary>
internal static class Shard
{
    /// <summary>The same for all workers, for ever: it says who holds which lease.</summary>
    public const int Count = 16;

    /// <summary>The shard of a ticker: FNV-1a, so that it is the same in every process.</summary>
    public static int Of(ReadOnlySpan<char> ticker)
    {
        var hash = 2166136261U;
        foreach (var letter in ticker)
        {
            hash = (hash ^ letter) * 16777619U;
        }

        // The low bits of FNV are its worst.
        return (int)((hash ^ (hash >> 16)) % Count);
    }
}

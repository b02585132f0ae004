namespace Trading.ServiceDefaults.Cache;

/// <summary>
/// Estimates how often keys were asked for of late, also those that are not cached: a count-min sketch whose counters are
/// halved now and then, so that what was popular once does not stay for ever. Counts that race may get lost.
/// </summary>
/// <param name="capacity">How many keys the cache holds.</param>
internal sealed class FrequencySketch(int capacity)
{
    private const int Rows = 4;
    private const int CountersPerKey = 16;

    // Long enough to tell keys apart that are asked for once in many thousand requests.
    private const int RequestsPerKey = 64;

    private readonly byte[] _counters = new byte[SizeFor(capacity)];
    private readonly long _halveAfter = (long)capacity * RequestsPerKey;
    private readonly Lock _halving = new();
    private long _counted;

    public void Count(int hash)
    {
        var least = Estimate(hash);
        if (least == byte.MaxValue)
        {
            return;
        }

        for (var row = 0; row < Rows; row++)
        {
            ref var counter = ref _counters[IndexOf(hash, row)];
            if (counter == least)
            {
                counter = (byte)(least + 1);
            }
        }

        if (Interlocked.Increment(ref _counted) >= _halveAfter)
        {
            Halve();
        }
    }

    public int Estimate(int hash)
    {
        var least = byte.MaxValue;
        for (var row = 0; row < Rows; row++)
        {
            least = Math.Min(least, _counters[IndexOf(hash, row)]);
        }

        return least;
    }

    private static int SizeFor(int capacity) =>
        (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(capacity, 64, 1 << 26) * CountersPerKey);

    private int IndexOf(int hash, int row)
    {
        // The finaliser of SplitMix64, another stream for each row.
        var mixed = (uint)hash + ((ulong)(row + 1) * 0x9E37_79B9_7F4A_7C15);
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58_476D_1CE4_E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D0_49BB_1331_11EB;
        return (int)((mixed ^ (mixed >> 31)) & (ulong)(_counters.Length - 1));
    }

    private void Halve()
    {
        lock (_halving)
        {
            if (Volatile.Read(ref _counted) < _halveAfter)
            {
                return;
            }

            for (var index = 0; index < _counters.Length; index++)
            {
                _counters[index] >>= 1;
            }

            Volatile.Write(ref _counted, _halveAfter / 2);
        }
    }
}

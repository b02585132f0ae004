namespace Trading.Benchmarks.Caching;

/// <summary>Numbers of keys, at random; the n-th comes 1/n as often as the first.</summary>
internal sealed class ZipfKeys
{
    private readonly double[] _upTo;
    private readonly Random _random;

    public ZipfKeys(int keys, int seed)
    {
        _random = new Random(seed);
        _upTo = new double[keys];
        var sum = 0d;
        for (var key = 0; key < keys; key++)
        {
            _upTo[key] = sum += 1d / (key + 1);
        }
    }

    public int Next()
    {
        var found = Array.BinarySearch(_upTo, _random.NextDouble() * _upTo[^1]);
        return Math.Min(found < 0 ? ~found : found, _upTo.Length - 1);
    }
}

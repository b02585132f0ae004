using System.Text;

namespace Trading.Domain.Market;

/// <summary>
/// A stream of pseudo-random numbers that a seed and a name fix for good (SplitMix64; Steele, Lea and Flood, 2014),
/// whatever the runtime's own generator does. A value type: a copy continues on its own.
/// </summary>
public struct SeededRandom
{
    private ulong _state;

    /// <summary>Starts the stream of a seed and a name; streams of other names are independent of it.</summary>
    /// <param name="seed">The seed of the whole.</param>
    /// <param name="name">What the stream is for.</param>
    public SeededRandom(long seed, string name)
    {
        // FNV-1a, as string.GetHashCode differs from process to process.
        var hash = 14695981039346656037UL;
        foreach (var part in Encoding.UTF8.GetBytes(name))
        {
            hash = (hash ^ part) * 1099511628211UL;
        }

        _state = unchecked((ulong)seed * 0x9E3779B97F4A7C15UL) ^ hash;
        Next();
    }

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15UL;
        var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9UL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>The next uniform number, from 0 to below 1.</summary>
    public double NextUniform() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>The next exponential number, of mean 1.</summary>
    public double NextExponential() => -Math.Log(1 - NextUniform());

    /// <summary>The next normal number, of mean 0 and variance 1 (Box and Muller, 1958).</summary>
    public double NextNormal() => Math.Sqrt(2 * NextExponential()) * Math.Cos(2 * Math.PI * NextUniform());
}

using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Trading.ApiService.Quotes;

/// <summary>
/// Finds tickers by the characters of a request or by the bytes of a frame, without making a string of them.
/// </summary>
internal sealed class TickerComparer :
    IEqualityComparer<string>,
    IAlternateEqualityComparer<ReadOnlySpan<byte>, string>,
    IAlternateEqualityComparer<ReadOnlySpan<char>, string>
{
    public static TickerComparer Instance { get; } = new();

    public bool Equals(string? x, string? y) => string.Equals(x, y, StringComparison.Ordinal);

    public int GetHashCode([DisallowNull] string obj) => GetHashCode(obj.AsSpan());

    public bool Equals(ReadOnlySpan<char> alternate, string other) => alternate.SequenceEqual(other);

    public int GetHashCode(ReadOnlySpan<char> alternate)
    {
        // Only tickers of known instruments are stored, so that nobody can choose keys that collide.
        var hash = 0;
        foreach (var character in alternate)
        {
            hash = (hash * 31) + character;
        }

        return hash;
    }

    public bool Equals(ReadOnlySpan<byte> alternate, string other) => Ascii.Equals(alternate, other);

    public int GetHashCode(ReadOnlySpan<byte> alternate)
    {
        var hash = 0;
        foreach (var character in alternate)
        {
            hash = (hash * 31) + character;
        }

        return hash;
    }

    public string Create(ReadOnlySpan<byte> alternate) => Encoding.ASCII.GetString(alternate);

    public string Create(ReadOnlySpan<char> alternate) => alternate.ToString();
}

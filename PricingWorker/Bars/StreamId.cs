using System.Globalization;

namespace Trading.PricingWorker.Bars;

/// <summary>The id of an entry of a Redis stream, <c>milliseconds-number</c>: ordered by number, not as text.</summary>
internal readonly record struct StreamId(ulong Milliseconds, ulong Number)
{
    public static StreamId Parse(string? id)
    {
        var parts = (id ?? "0-0").Split('-');
        return new StreamId(
            ulong.Parse(parts[0], CultureInfo.InvariantCulture),
            parts.Length > 1 ? ulong.Parse(parts[1], CultureInfo.InvariantCulture) : 0);
    }

    public bool IsAfter(StreamId other) =>
        Milliseconds > other.Milliseconds || (Milliseconds == other.Milliseconds && Number > other.Number);
}

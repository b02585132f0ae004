using System.Globalization;

namespace Trading.Contracts;

/// <summary>Which bars of an instrument to read.</summary>
public sealed record BarQuery
{
    /// <summary><c>1m</c>, <c>5m</c>, <c>15m</c>, <c>1h</c> or <c>1d</c>.</summary>
    public string Interval { get; init; } = "1d";

    /// <summary>
    /// Nothing before it: a session date (<c>2018-02-07</c>) or an instant in ISO 8601; null from the first bar.
    /// </summary>
    public string? From { get; init; }

    /// <summary>Nothing after it: a session date, itself included, or an instant; null to the last bar.</summary>
    public string? To { get; init; }

    /// <summary><c>split</c>, <c>total</c> (splits and dividends), or null for prices as they are stored.</summary>
    public string? Adjust { get; init; }

    /// <summary>The <see cref="Page{T}.NextCursor"/> of the page before; null for the first page.</summary>
    public string? Cursor { get; init; }

    /// <summary>The most bars of one page; null leaves it to the API.</summary>
    public int? Limit { get; init; }

    /// <summary>Sets <see cref="From"/> and <see cref="To"/> to instants.</summary>
    /// <param name="from">Nothing before it; null from the first bar.</param>
    /// <param name="to">Nothing after it; null to the last bar.</param>
    public BarQuery Between(DateTime? from, DateTime? to) => this with { From = Instant(from), To = Instant(to) };

    private static string? Instant(DateTime? time) =>
        time?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}

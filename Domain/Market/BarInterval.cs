using System.Diagnostics.CodeAnalysis;

namespace Trading.Domain.Market;

/// <summary>The length of a bar. 1 minute and 1 day are stored; the others are built from minutes when read.</summary>
/// <param name="Code">The name on the wire: <c>1m</c>, <c>5m</c>, <c>15m</c>, <c>1h</c> or <c>1d</c>.</param>
/// <param name="Length">The length; for 1 day the calendar day, whatever the session's length.</param>
public sealed record BarInterval(string Code, TimeSpan Length)
{
    /// <summary>One minute; stored.</summary>
    public static BarInterval OneMinute { get; } = new("1m", TimeSpan.FromMinutes(1));

    /// <summary>One session of the exchange; stored.</summary>
    public static BarInterval OneDay { get; } = new("1d", TimeSpan.FromDays(1));

    /// <summary>Every interval, shortest first.</summary>
    public static IReadOnlyList<BarInterval> All { get; } =
    [
        OneMinute,
        new("5m", TimeSpan.FromMinutes(5)),
        new("15m", TimeSpan.FromMinutes(15)),
        new("1h", TimeSpan.FromHours(1)),
        OneDay,
    ];

    /// <summary>True for 1 day, whose bars have a table of their own.</summary>
    public bool IsDaily => this == OneDay;

    /// <summary>Finds an interval by its code.</summary>
    /// <param name="code">Such as <c>1d</c>; case matters, as <c>1M</c> is a month elsewhere.</param>
    /// <param name="interval">The interval, when true is returned.</param>
    public static bool TryParse(string? code, [NotNullWhen(true)] out BarInterval? interval)
    {
        interval = All.FirstOrDefault(known => known.Code == code);
        return interval is not null;
    }
}

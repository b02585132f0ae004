namespace Trading.Web.Charts;

/// <summary>A choice of bar length, and how much of it is read at a time.</summary>
/// <param name="Code">The API's name.</param>
/// <param name="Length">The length of a bar.</param>
/// <param name="Window">How far back one reading goes: long enough to bridge a weekend.</param>
public sealed record ChartInterval(string Code, TimeSpan Length, TimeSpan Window)
{
    public static ChartInterval OneDay { get; } = new("1d", TimeSpan.FromDays(1), TimeSpan.FromDays(6 * 366));

    public static IReadOnlyList<ChartInterval> All { get; } =
    [
        new("1m", TimeSpan.FromMinutes(1), TimeSpan.FromDays(4)),
        new("5m", TimeSpan.FromMinutes(5), TimeSpan.FromDays(7)),
        new("15m", TimeSpan.FromMinutes(15), TimeSpan.FromDays(21)),
        new("1h", TimeSpan.FromHours(1), TimeSpan.FromDays(90)),
        OneDay,
    ];

    public bool IsDaily => this == OneDay;

    public static ChartInterval Parse(string? code) => All.FirstOrDefault(known => known.Code == code) ?? OneDay;
}

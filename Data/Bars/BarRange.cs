namespace Trading.Data.Bars;

/// <summary>Bounds of a read by bar time; open ends are PostgreSQL's infinities.</summary>
internal readonly record struct BarRange(DateTime? From, DateTime? To, DateTime? After)
{
    // Npgsql sends these as -infinity and infinity.
    private static readonly DateTime Beginning = DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc);
    private static readonly DateTime End = DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc);

    public DateTime Earliest => From ?? Beginning;

    public DateTime Latest => To ?? End;

    public DateTime Previous => After ?? Beginning;

    /// <summary>
    /// The same range for the minutes that build longer bars. The bar that closes at t is built from the minutes in
    /// (t - length, t]: only bars that close within the range, and all minutes of each.
    /// </summary>
    public BarRange OfMinutes(TimeSpan length)
    {
        var open = From is { } from ? Floor(from.AddTicks(-1), length) : Beginning;
        return new BarRange(null, To is { } to ? Floor(to, length) : End, open > Previous ? open : Previous);
    }

    private static DateTime Floor(DateTime instant, TimeSpan length) =>
        instant.AddTicks(-(instant.Ticks % length.Ticks));
}

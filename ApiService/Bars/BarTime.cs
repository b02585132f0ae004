using System.Globalization;
using Trading.ApiService.Edge;
using Trading.Contracts;

namespace Trading.ApiService.Bars;

/// <summary>One end of a range of bars as a client writes it: the date of a session, or an instant.</summary>
internal readonly record struct BarTime(DateOnly? Session, DateTime Instant)
{
    private const int EarliestYear = 1800;
    private const int LatestYear = 2200;

    private static readonly string[] _formats =
    [
        "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
    ];

    /// <summary>The instant, or the beginning of the date in UTC.</summary>
    public DateTime Moment => Session?.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc) ?? Instant;

    /// <summary>Reads a parameter of a query; null stays null.</summary>
    /// <returns>The problem; null where there is none.</returns>
    public static ApiProblem? Read(string name, string? text, out BarTime? time)
    {
        time = text is not null && TryRead(text, out var found) ? found : null;
        return text is null || time is not null ? null : ApiProblem.BadRequest(
            ErrorCodes.InvalidDate, $"{name} is a date such as 2018-02-07 or a time such as 2018-02-07T21:00:00Z.");
    }

    /// <summary>Reads ISO 8601; a time without an offset is UTC.</summary>
    public static bool TryRead(string text, out BarTime time)
    {
        time = default;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            time = new BarTime(date, default);
            return IsSane(date.Year);
        }

        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        // A plus that was not escaped in a query arrives as a space.
        var parsed = DateTime.TryParseExact(
            text.Replace(' ', '+'), _formats, CultureInfo.InvariantCulture, Utc, out var instant);
        time = new BarTime(null, instant);
        return parsed && IsSane(instant.Year);
    }

    private static bool IsSane(int year) => year is >= EarliestYear and <= LatestYear;
}

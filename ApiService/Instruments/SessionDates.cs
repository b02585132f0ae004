using Trading.Domain.Market;

namespace Trading.ApiService.Instruments;

/// <summary>Turns dates of an exchange's sessions into instants and back.</summary>
internal readonly struct SessionDates(string exchangeCode)
{
    private readonly TimeZoneInfo _zone = Exchange.TryFind(exchangeCode, out var exchange)
        ? TimeZoneInfo.FindSystemTimeZoneById(exchange.TimeZoneId)
        : TimeZoneInfo.Utc;

    /// <summary>The session that a bar belongs to. A bar that closes at midnight ends the day before.</summary>
    public DateOnly SessionOf(DateTime closeUtc) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(closeUtc, _zone).AddTicks(-1));

    /// <summary>The first instant at which a bar of the session may close; stored times have microseconds.</summary>
    public DateTime FirstCloseOf(DateOnly session) => MidnightOf(session).AddMicroseconds(1);

    public DateTime LastCloseOf(DateOnly session) => MidnightOf(session.AddDays(1));

    private DateTime MidnightOf(DateOnly date)
    {
        var local = date.ToDateTime(TimeOnly.MinValue);
        // A clock that is put forward at midnight has none: the day then begins an hour later.
        return TimeZoneInfo.ConvertTimeToUtc(_zone.IsInvalidTime(local) ? local.AddHours(1) : local, _zone);
    }
}

namespace Trading.Domain.Calendars;

/// <summary>Coins: each day of UTC is a session.</summary>
internal sealed class NeverClosedRules : CalendarRules
{
    public override IReadOnlyList<MarketHours> Hours { get; } = MarketHours.Always(TimeSpan.Zero, TimeSpan.FromDays(1));

    public override bool HasWeekends => false;

    public override IEnumerable<MarketHoliday> Holidays(YearDates year) => [];
}

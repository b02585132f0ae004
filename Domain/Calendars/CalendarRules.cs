namespace Trading.Domain.Calendars;

/// <summary>What decides an exchange's sessions. Dates that fall on a weekend do no harm.</summary>
internal abstract class CalendarRules
{
    protected const string Christmas = "Christmas";
    protected const string ChristmasEve = "Christmas Eve";
    protected const string EasterMonday = "Easter Monday";
    protected const string GoodFriday = "Good Friday";
    protected const string LabourDay = "Labour Day";
    protected const string NewYear = "New Year's Day";
    protected const string NewYearsEve = "New Year's Eve";

    /// <summary>Oldest first.</summary>
    public abstract IReadOnlyList<MarketHours> Hours { get; }

    /// <summary>True where weekends are days like others.</summary>
    public virtual bool HasWeekends => true;

    public abstract IEnumerable<MarketHoliday> Holidays(YearDates year);

    public virtual IEnumerable<EarlyClose> EarlyCloses(YearDates year) => [];

    /// <summary>The rules of an exchange.</summary>
    public static CalendarRules Of(string exchange) => exchange switch
    {
        "XNYS" or "XNAS" => new NewYorkRules(),
        "XLON" => new LondonRules(),
        "XETR" => new XetraRules(),
        "XSWX" => new SwissRules(),
        "XTKS" => new TokyoRules(),
        "XTSE" => new TorontoRules(),
        "CRYPTO" => new NeverClosedRules(),
        "TARGET" => new TargetRules(),
        _ => throw new ArgumentException($"No calendar is known for {exchange}.", nameof(exchange)),
    };

    protected static IEnumerable<MarketHoliday> ClosuresOf(YearDates year, IEnumerable<MarketHoliday> closures) =>
        closures.Where(closure => closure.Date.Year == year.Year);

    /// <summary>
    /// Christmas and the day after it. On a weekend they are made up for on the 27th and 28th: 2010 on Monday and
    /// Tuesday, 2016 the 26th as it is and the 27th, 2015 the 25th as it is and the 28th.
    /// </summary>
    protected static IEnumerable<MarketHoliday> ChristmasAndBoxingDay(YearDates year)
    {
        var (christmas, boxing) = (year.On(12, 25), year.On(12, 26));
        yield return new(YearDates.IsWeekend(christmas) ? christmas.AddDays(2) : christmas, Christmas);
        yield return new(YearDates.IsWeekend(boxing) ? boxing.AddDays(2) : boxing, "Boxing Day");
    }
}

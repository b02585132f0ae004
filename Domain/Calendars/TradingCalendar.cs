using System.Collections.Concurrent;
using NodaTime;
using Trading.Domain.Market;

namespace Trading.Domain.Calendars;

/// <summary>
/// The sessions of an exchange, with holidays, early closes and daylight saving. Everything is worked out once for all
/// dates from <see cref="First"/> to <see cref="Last"/>; questions then cost an access to an array, and no memory.
/// </summary>
/// <remarks>
/// Holidays are complete from 1990 on, as far as they have been announced or follow from a rule; a closure decided at
/// short notice is unknown until it is added. Thread-safe.
/// </remarks>
public sealed class TradingCalendar
{
    private static readonly ConcurrentDictionary<string, TradingCalendar> _known = new(StringComparer.Ordinal);

    private readonly DateTimeZone _zone;
    private readonly CalendarRules _rules;
    private readonly Dictionary<DateOnly, string> _holidays;
    private readonly Dictionary<DateOnly, EarlyClose> _earlyCloses;

    // Of each date: seconds since 1970 (none: no session), and how many sessions were before it.
    private readonly uint[] _opens = new uint[DayCount];
    private readonly uint[] _closes = new uint[DayCount];
    private readonly int[] _before = new int[DayCount + 1];
    private readonly DateOnly[] _sessions;

    private TradingCalendar(Exchange exchange)
    {
        Exchange = exchange;
        _zone = DateTimeZoneProviders.Tzdb[exchange.TimeZoneId];
        _rules = CalendarRules.Of(exchange.Code);
        var years = Enumerable.Range(First.Year, Last.Year - First.Year + 1).Select(year => new YearDates(year)).ToList();
        _holidays = years.SelectMany(_rules.Holidays).Where(holiday => !IsFreeWeekend(holiday.Date))
            .GroupBy(holiday => holiday.Date).ToDictionary(same => same.Key, same => same.First().Name);
        _earlyCloses = years.SelectMany(_rules.EarlyCloses)
            .Where(early => !IsFreeWeekend(early.Date) && !_holidays.ContainsKey(early.Date))
            .GroupBy(early => early.Date).ToDictionary(same => same.Key, same => same.First());
        _sessions = Fill();
    }

    /// <summary>The first date that calendars know.</summary>
    public static DateOnly First { get; } = new(1980, 1, 1);

    /// <summary>The last date that calendars know.</summary>
    public static DateOnly Last { get; } = new(2069, 12, 31);

    /// <summary>
    /// The days on which the European Central Bank publishes reference rates, and the time by which they are known.
    /// </summary>
    public static TradingCalendar Target { get; } =
        new(new Exchange("TARGET", "Euro reference rates", "ZZ", "EUR", "Europe/Berlin"));

    /// <summary>Whose sessions these are.</summary>
    public Exchange Exchange { get; }

    /// <summary>True for a market that trades around the clock, each day of the week.</summary>
    public bool NeverCloses => !_rules.HasWeekends;

    private static int DayCount => Last.DayNumber - First.DayNumber + 1;

    /// <summary>The calendar of an exchange; always the same object.</summary>
    /// <param name="exchange">One of <see cref="Exchange.All"/>.</param>
    /// <exception cref="ArgumentException">No calendar is known for it.</exception>
    public static TradingCalendar Of(Exchange exchange) =>
        _known.TryGetValue(exchange.Code, out var calendar)
            ? calendar
            : _known.GetOrAdd(exchange.Code, static (_, of) => new TradingCalendar(of), exchange);

    /// <summary>True on days of trading; false outside <see cref="First"/> and <see cref="Last"/>.</summary>
    /// <param name="date">A date on the exchange's clock.</param>
    public bool IsSession(DateOnly date) => Covers(date) && HasSession(IndexOf(date));

    /// <summary>The session of a date; null where there is none.</summary>
    /// <param name="date">A date on the exchange's clock.</param>
    public TradingSession? SessionOn(DateOnly date) =>
        IsSession(date)
            ? new TradingSession(date, OpenOf(date), CloseOf(date), _earlyCloses.ContainsKey(date))
            : null;

    /// <summary>
    /// When trading begins, UTC. On a date without a session, when it regularly would.
    /// </summary>
    /// <param name="date">Any date on the exchange's clock.</param>
    public DateTime OpenOf(DateOnly date) =>
        IsSession(date) ? DateTime.UnixEpoch.AddSeconds(_opens[IndexOf(date)]) : At(date, HoursOn(date).Open);

    /// <summary>
    /// When trading ends, UTC: the time stamp of the date's daily bar. On a date without a session, when it regularly
    /// would, so that prices that come on one have a bar too.
    /// </summary>
    /// <param name="date">Any date on the exchange's clock.</param>
    public DateTime CloseOf(DateOnly date) =>
        Covers(date) ? DateTime.UnixEpoch.AddSeconds(_closes[IndexOf(date)]) : At(date, HoursOn(date).Close);

    /// <summary>The regular hours on a date, on the exchange's clock.</summary>
    /// <param name="date">Any date.</param>
    public MarketHours HoursOn(DateOnly date)
    {
        var hours = _rules.Hours;
        var i = hours.Count - 1;
        while (i > 0 && hours[i].Since > date)
        {
            i--;
        }

        return hours[i];
    }

    /// <summary>When the midday break of a date ends, UTC; null where there is none.</summary>
    /// <param name="date">Any date on the exchange's clock.</param>
    public DateTime? BreakEndOf(DateOnly date) => HoursOn(date).BreakTo is { } end ? At(date, end) : null;

    /// <summary>The date on the exchange's own clock at an instant: what "today" means there.</summary>
    /// <param name="utc">The instant, UTC.</param>
    public DateOnly DateAt(DateTime utc) => DateOnly.FromDateTime(utc + OffsetAt(utc));

    /// <summary>The last session before a date.</summary>
    /// <param name="date">Any date on the exchange's clock; itself not counted.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is none in the range of the calendars.</exception>
    public DateOnly Previous(DateOnly date) => SessionNumber(Before(date) - 1, date);

    /// <summary>The first session after a date.</summary>
    /// <param name="date">Any date on the exchange's clock; itself not counted.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is none in the range of the calendars.</exception>
    public DateOnly Next(DateOnly date) => SessionNumber(Before(date.AddDays(1)), date);

    /// <summary>The session so many sessions after a date, or before it where the number is negative.</summary>
    /// <param name="date">Any date on the exchange's clock; itself not counted.</param>
    /// <param name="sessions">1 is <see cref="Next"/>, -1 is <see cref="Previous"/>; not 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is outside the range of the calendars, or 0.</exception>
    public DateOnly Add(DateOnly date, int sessions)
    {
        ArgumentOutOfRangeException.ThrowIfZero(sessions);
        return SessionNumber(sessions > 0 ? Before(date.AddDays(1)) + sessions - 1 : Before(date) + sessions, date);
    }

    /// <summary>The newest session that is over at an instant.</summary>
    /// <param name="utc">The instant, UTC.</param>
    public DateOnly LastCompleted(DateTime utc)
    {
        // A market that never closes ends its day at the next one's first instant.
        var date = DateAt(utc);
        return IsSession(date) && CloseOf(date) <= utc ? date : Previous(date);
    }

    /// <summary>How many sessions there are from one date to another, both included.</summary>
    /// <param name="from">The first date.</param>
    /// <param name="to">The last date.</param>
    public int Count(DateOnly from, DateOnly to) => Math.Max(0, Before(to.AddDays(1)) - Before(from));

    /// <summary>The dates of the sessions from one date to another, both included, in order.</summary>
    /// <param name="from">The first date.</param>
    /// <param name="to">The last date.</param>
    public ReadOnlySpan<DateOnly> Sessions(DateOnly from, DateOnly to) =>
        _sessions.AsSpan(Before(from), Count(from, to));

    /// <summary>What a weekday without a session is kept for; null on other days.</summary>
    /// <param name="date">A date on the exchange's clock.</param>
    public string? HolidayOn(DateOnly date) => _holidays.GetValueOrDefault(date);

    /// <summary>Why a session ends early, and when; null where it does not.</summary>
    /// <param name="date">A date on the exchange's clock.</param>
    public EarlyClose? EarlyCloseOn(DateOnly date) => _earlyCloses.TryGetValue(date, out var early) ? early : null;

    /// <summary>The weekdays without a session from one date to another, both included, in order.</summary>
    /// <param name="from">The first date.</param>
    /// <param name="to">The last date.</param>
    public IEnumerable<MarketHoliday> Holidays(DateOnly from, DateOnly to) =>
        _holidays.Where(holiday => holiday.Key >= from && holiday.Key <= to)
            .Select(holiday => new MarketHoliday(holiday.Key, holiday.Value)).OrderBy(holiday => holiday.Date);

    /// <summary>The sessions that end early from one date to another, both included, in order.</summary>
    /// <param name="from">The first date.</param>
    /// <param name="to">The last date.</param>
    public IEnumerable<EarlyClose> EarlyCloses(DateOnly from, DateOnly to) =>
        _earlyCloses.Values.Where(early => early.Date >= from && early.Date <= to).OrderBy(early => early.Date);

    /// <summary>True while there is trading: from the open to just before the close, the midday break left out.</summary>
    /// <param name="utc">The instant, UTC.</param>
    public bool IsOpenAt(DateTime utc)
    {
        var date = DateAt(utc);
        return IsSession(date) && utc >= OpenOf(date) && utc < CloseOf(date) && !IsBreak(date, utc);
    }

    /// <summary>The session that is under way, or else the next one.</summary>
    /// <param name="utc">The instant, UTC.</param>
    public TradingSession CurrentOrNext(DateTime utc)
    {
        var date = DateAt(utc);
        return SessionOn(IsSession(date) && utc < CloseOf(date) ? date : Next(date))!.Value;
    }

    private static bool Covers(DateOnly date) => date >= First && date <= Last;

    private static int IndexOf(DateOnly date) => date.DayNumber - First.DayNumber;

    private static uint Seconds(DateTime utc) => (uint)(utc - DateTime.UnixEpoch).TotalSeconds;

    private bool IsFreeWeekend(DateOnly date) => _rules.HasWeekends && YearDates.IsWeekend(date);

    private DateOnly[] Fill()
    {
        var sessions = new List<DateOnly>(DayCount);
        for (var i = 0; i < DayCount; i++)
        {
            var date = First.AddDays(i);
            var hours = HoursOn(date);
            _before[i] = sessions.Count;
            _closes[i] = Seconds(At(date, _earlyCloses.TryGetValue(date, out var early) ? early.Close : hours.Close));
            if (!IsFreeWeekend(date) && !_holidays.ContainsKey(date))
            {
                _opens[i] = Seconds(At(date, hours.Open));
                sessions.Add(date);
            }
        }

        _before[DayCount] = sessions.Count;
        return [.. sessions];
    }

    private bool HasSession(int index) => _before[index + 1] > _before[index];

    private int Before(DateOnly date) => _before[Math.Clamp(IndexOf(date), 0, DayCount)];

    private DateOnly SessionNumber(int number, DateOnly date) =>
        number >= 0 && number < _sessions.Length
            ? _sessions[number]
            : throw new ArgumentOutOfRangeException(nameof(date), date, "The calendars do not reach so far.");

    private bool IsBreak(DateOnly date, DateTime utc)
    {
        var hours = HoursOn(date);
        return hours is { BreakFrom: { } from, BreakTo: { } to } && utc >= At(date, from) && utc < At(date, to);
    }

    private TimeSpan OffsetAt(DateTime utc) =>
        _zone.GetUtcOffset(Instant.FromDateTimeUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc))).ToTimeSpan();

    // Trading neither begins nor ends in the hours that clocks skip or repeat.
    private DateTime At(DateOnly date, TimeSpan time)
    {
        var local = LocalDateTime.FromDateTime(date.ToDateTime(TimeOnly.MinValue).Add(time));
        return _zone.AtLeniently(local).ToDateTimeUtc();
    }
}

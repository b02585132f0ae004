namespace Trading.Domain.Market;

/// <summary>
/// Turns one instrument's quotes into 1-minute and daily bars. What it yields are whole bars, not differences, so
/// storing one twice changes nothing; and all that it remembers is in its newest bars, so that, restored from them, it
/// takes quotes again from any earlier one and ends in the same bars. Not thread-safe.
/// </summary>
/// <remarks>
/// The order of arrival decides which quote is newest, its time decides the bar. A quote for the minute bar before the
/// open one still widens that bar; anything later than that, or of an earlier session, is refused.
/// </remarks>
/// <param name="clock">Dates the daily bars.</param>
public sealed class BarAggregator(SessionClock clock)
{
    private readonly List<Bar> _leftMinutes = [];
    private readonly List<Bar> _leftDays = [];
    private OpenBar _day;
    private OpenBar _minute;
    private OpenBar _minuteBefore;

    /// <summary>Takes up where stored bars end; to be called before the first quote.</summary>
    /// <param name="day">The newest daily bar, or null where there is none.</param>
    /// <param name="minutes">The newest minute bars, oldest first; the last two matter.</param>
    public void Restore(Bar? day, ReadOnlySpan<Bar> minutes)
    {
        _day = new OpenBar(day.GetValueOrDefault());
        _minute = new OpenBar(minutes.Length > 0 ? minutes[^1] : default);
        _minuteBefore = new OpenBar(minutes.Length > 1 ? minutes[^2] : default);
    }

    /// <summary>Adds a quote to the bars of its minute and its session.</summary>
    /// <param name="utc">When the quote was made, UTC.</param>
    /// <param name="quote">The quote; its volume is that of the session so far.</param>
    /// <returns>False where the quote comes too late, or is not sound, and changed nothing.</returns>
    public bool Apply(DateTime utc, in Quote quote)
    {
        var dayTime = clock.CloseAt(utc);
        var minuteTime = MinuteClose(utc);
        var newest = minuteTime >= _minute.Bar.Time;
        if (!quote.IsSound || dayTime < _day.Bar.Time || (!newest && minuteTime != _minuteBefore.Bar.Time))
        {
            return false;
        }

        // Volume never falls within a session; where it does, the quote is an earlier one and was counted.
        var before = dayTime == _day.Bar.Time ? _day.Bar.Volume : 0;
        var traded = Math.Max(0, quote.Volume - before);
        AddToDay(dayTime, in quote, Math.Max(before, quote.Volume), newest);
        AddToMinute(minuteTime, quote.Price, traded, newest);
        return true;
    }

    /// <summary>Hands over every bar that changed since the last call, oldest first.</summary>
    /// <param name="minutes">Receives the minute bars.</param>
    /// <param name="days">Receives the daily bars.</param>
    public void TakeChanged(ICollection<Bar> minutes, ICollection<Bar> days)
    {
        Take(_leftMinutes, minutes);
        Take(_leftDays, days);
        _minuteBefore.Take(minutes);
        _minute.Take(minutes);
        _day.Take(days);
    }

    private static void Take(List<Bar> from, ICollection<Bar> to)
    {
        foreach (var bar in from)
        {
            to.Add(bar);
        }

        from.Clear();
    }

    private static DateTime MinuteClose(DateTime utc) =>
        new(utc.Ticks - (utc.Ticks % TimeSpan.TicksPerMinute) + TimeSpan.TicksPerMinute, DateTimeKind.Utc);

    private void AddToDay(DateTime time, in Quote quote, double volume, bool newest)
    {
        if (time > _day.Bar.Time)
        {
            _day.Take(_leftDays);
            _day = new OpenBar(new Bar(time, quote.Open, quote.High, quote.Low, quote.Price, 0));
        }

        _day.Extend(quote.High, quote.Low, newest ? quote.Price : _day.Bar.Close, volume);
    }

    private void AddToMinute(DateTime time, double price, double traded, bool newest)
    {
        if (!newest)
        {
            var bar = _minuteBefore.Bar;
            _minuteBefore.Extend(price, price, bar.Close, bar.Volume + traded);
            return;
        }

        if (time > _minute.Bar.Time)
        {
            _minuteBefore.Take(_leftMinutes);
            _minuteBefore = _minute;
            _minute = new OpenBar(new Bar(time, price, price, price, price, 0));
        }

        _minute.Extend(price, price, price, _minute.Bar.Volume + traded);
    }

    /// <summary>A bar that still moves, and whether it did since it was taken.</summary>
    private struct OpenBar(Bar bar)
    {
        private bool _changed;

        public Bar Bar { get; private set; } = bar;

        public void Extend(double high, double low, double close, double volume)
        {
            Bar = Bar with
            {
                High = Math.Max(Bar.High, high),
                Low = Math.Min(Bar.Low, low),
                Close = close,
                Volume = volume,
            };
            _changed = true;
        }

        public void Take(ICollection<Bar> into)
        {
            if (_changed)
            {
                into.Add(Bar);
                _changed = false;
            }
        }
    }
}

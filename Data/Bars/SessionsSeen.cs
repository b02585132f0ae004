namespace Trading.Data.Bars;

/// <summary>Knows which session of each instrument was stored last, to tell when one begins.</summary>
internal sealed class SessionsSeen
{
    private readonly Dictionary<int, DateTime> _last = [];
    private readonly Lock _gate = new();

    /// <summary>Whether any bar is of another session than the instrument's last; also where none was seen yet.</summary>
    public bool HasNew(IReadOnlyList<InstrumentBar> dailyBars)
    {
        lock (_gate)
        {
            return dailyBars.Any(bar => !_last.TryGetValue(bar.InstrumentId, out var last) || last != bar.Bar.Time);
        }
    }

    public void Note(IReadOnlyList<InstrumentBar> dailyBars)
    {
        lock (_gate)
        {
            foreach (var bar in dailyBars)
            {
                _last[bar.InstrumentId] = bar.Bar.Time;
            }
        }
    }
}

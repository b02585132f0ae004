using Trading.Domain.Market;

namespace Trading.PricingWorker.Sources;

/// <summary>
/// Plays bars at a pace: all instruments session by session, and in each session the open, the two extremes and the
/// close at equal distances of time. Not thread-safe.
/// </summary>
/// <param name="speed">Sessions per minute.</param>
/// <param name="loop">Starts over after the last session.</param>
internal sealed class ReplayPlayer(double speed, bool loop)
{
    private readonly List<ReplayedInstrument> _playing = [];
    private List<DateOnly> _sessions = [];
    private double _due;
    private long _played;
    private DateTime? _last;

    private long Length => _sessions.Count * (long)ReplayedInstrument.Steps;

    /// <summary>Changes what is played; it goes on at the session where it was.</summary>
    public void Update(IEnumerable<ReplayedInstrument> added, IReadOnlyList<string> removed)
    {
        var next = Next();
        _playing.RemoveAll(known => removed.Contains(known.Ticker));
        _playing.AddRange(added);
        _sessions = [.. _playing.SelectMany(instrument => instrument.Sessions).Distinct().Order()];

        var index = _sessions.FindIndex(known => known >= next);
        _played = (index < 0 ? _sessions.Count : index) * (long)ReplayedInstrument.Steps;
        _due = _played;
    }

    /// <summary>Plays what became due since the last tick; the first plays nothing.</summary>
    public int Tick(DateTime utc, Span<Quote> changed)
    {
        var elapsed = Math.Max(0, (utc - (_last ?? utc)).TotalMinutes);
        _last = utc;
        _due += Math.Min(elapsed * speed * ReplayedInstrument.Steps, Length);
        while (_played < (long)_due && Play(utc))
        {
            _played++;
        }

        return TakeChanged(changed);
    }

    private DateOnly Next() => _sessions switch
    {
        [] => DateOnly.MinValue,
        [.., var last] when _played >= Length && !loop => last.AddDays(1),
        _ => _sessions[Session(_played)],
    };

    private int Session(long step) => (int)(step / ReplayedInstrument.Steps % Math.Max(1, _sessions.Count));

    private bool Play(DateTime utc)
    {
        if (Length == 0 || (_played >= Length && !loop))
        {
            _due = _played;
            return false;
        }

        var session = _sessions[Session(_played)];
        foreach (var instrument in _playing)
        {
            instrument.Play(session, (int)(_played % ReplayedInstrument.Steps), utc);
        }

        return true;
    }

    private int TakeChanged(Span<Quote> changed)
    {
        var count = 0;
        foreach (var instrument in _playing)
        {
            if (instrument.TryTakeChanged(out var quote))
            {
                changed[count++] = quote;
            }
        }

        return count;
    }
}

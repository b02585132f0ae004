using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Trading.Data.Bars;
using Trading.Domain.Market;
using Trading.PricingWorker.Providers;

namespace Trading.PricingWorker.Sources;

/// <summary>
/// Plays stored daily bars again, as if they happened now: all instruments session by session, and in each session the
/// open, the two extremes and the close at equal distances.
/// </summary>
internal sealed class ReplaySource(BarStore bars, IOptions<QuoteOptions> options) : IQuoteSource, IMarketDataProvider
{
    private const int PageSize = 5000;

    private readonly ReplayOptions _options = options.Value.Replay;
    private readonly ConcurrentDictionary<string, ReplayedInstrument> _prepared = new();
    private readonly List<ReplayedInstrument> _playing = [];
    private List<DateOnly> _sessions = [];
    private double _pace;
    private long _played;
    private DateTime? _last;

    public BarSource Source => BarSource.Replay;

    public ProviderName Name => ProviderName.Replay;

    public ProviderAbilities Abilities => ProviderAbilities.Ticks;

    public IQuoteSource Ticks => this;

    public bool Covers(Instrument instrument) => true;

    public async Task<IReadOnlyList<QuoteStart>> PrepareAsync(
        IReadOnlyList<QuoteStart> added, CancellationToken cancellationToken)
    {
        var ready = new List<QuoteStart>();
        foreach (var start in added)
        {
            var played = await ReadAsync(start.Instrument, cancellationToken);
            if (played.Count > 0 && Exchange.TryFind(start.Instrument.Exchange, out var exchange))
            {
                _prepared[start.Instrument.Ticker] = new ReplayedInstrument(start, exchange, played);
                ready.Add(start);
            }
        }

        return ready;
    }

    public void Update(UniverseChange change)
    {
        var next = NextSession();
        _playing.RemoveAll(known => change.Removed.Contains(known.Ticker));
        foreach (var start in change.Added)
        {
            if (_prepared.TryRemove(start.Instrument.Ticker, out var instrument))
            {
                _playing.Add(instrument);
            }
        }

        _sessions = [.. _playing.SelectMany(instrument => instrument.Sessions).Distinct().Order()];
        GoOnFrom(next);
    }

    public void Tick(DateTime utc, QuoteOutlet outlet)
    {
        var elapsed = Math.Max(0, (utc - (_last ?? utc)).TotalMinutes);
        _last = utc;
        _pace += Math.Min(elapsed * _options.Speed, _sessions.Count) * ReplayedInstrument.Steps;
        while (_played < (long)_pace && Play(utc))
        {
            _played++;
        }

        outlet.Publish(utc, Source, TakeChanged(outlet.Room));
    }

    private bool IsOver => !_options.Loop && _played >= _sessions.Count * (long)ReplayedInstrument.Steps;

    private DateOnly? NextSession() =>
        _sessions.Count == 0 ? null : IsOver ? _sessions[^1].AddDays(1) : _sessions[Session(_played)];

    private int Session(long step) => (int)(step / ReplayedInstrument.Steps % Math.Max(1, _sessions.Count));

    private void GoOnFrom(DateOnly? session)
    {
        var index = session is { } date ? _sessions.FindIndex(known => known >= date) : 0;
        // Where all there is lies before, a loop starts over and the others stay silent.
        index = index >= 0 ? index : _options.Loop ? 0 : _sessions.Count;
        _played = index * (long)ReplayedInstrument.Steps;
        _pace = _played;
    }

    private bool Play(DateTime utc)
    {
        if (_sessions.Count == 0 || IsOver)
        {
            _pace = _played;
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

    private async Task<List<Bar>> ReadAsync(Instrument instrument, CancellationToken cancellationToken)
    {
        var from = _options.From?.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        // A session closes on its date or, where the market never rests, at the midnight after.
        var to = _options.To?.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        var played = new List<Bar>();
        DateTime? after = null;
        while (true)
        {
            var page = await bars.ReadAsync(
                instrument.Id, BarInterval.OneDay, from, to, after, PageSize, cancellationToken);
            played.AddRange(page.Where(stored => stored.Source != BarSource.Replay).Select(stored => stored.Bar));
            if (page.Count < PageSize)
            {
                return played;
            }

            after = page[^1].Bar.Time;
        }
    }
}

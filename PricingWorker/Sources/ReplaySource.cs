using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Trading.Data.Bars;
using Trading.Domain.Market;

namespace Trading.PricingWorker.Sources;

/// <summary>Plays stored daily bars again, as if they happened now; <see cref="ReplayPlayer"/> says how.</summary>
internal sealed class ReplaySource(BarStore bars, IOptions<QuoteOptions> options) : IQuoteSource
{
    private const int PageSize = 5000;

    private readonly ReplayOptions _options = options.Value.Replay;
    private readonly ReplayPlayer _player = new(options.Value.Replay.Speed, options.Value.Replay.Loop);
    private readonly ConcurrentDictionary<string, ReplayedInstrument> _prepared = new();

    public BarSource Source => BarSource.Replay;

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
        var added = new List<ReplayedInstrument>();
        foreach (var start in change.Added)
        {
            if (_prepared.TryRemove(start.Instrument.Ticker, out var instrument))
            {
                added.Add(instrument);
            }
        }

        _player.Update(added, change.Removed);
    }

    public int Tick(DateTime utc, Span<Quote> changed) => _player.Tick(utc, changed);

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

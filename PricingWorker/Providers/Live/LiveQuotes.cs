using Trading.Domain.Market;
using Trading.PricingWorker.Sources;

namespace Trading.PricingWorker.Providers.Live;

/// <summary>
/// The newest quote of each instrument that providers give, when one last confirmed it, and what of that is news.
/// </summary>
internal sealed class LiveQuotes(TimeSpan staleAfter)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = [];

    /// <summary>Quotes that no provider has confirmed lately, or whose provider is late itself.</summary>
    public int Stale
    {
        get
        {
            lock (_gate)
            {
                return _entries.Values.Count(entry => entry.IsToldStale);
            }
        }
    }

    public void Add(QuoteStart start, Exchange exchange)
    {
        lock (_gate)
        {
            _entries[start.Instrument.Ticker] = new Entry(start, exchange);
        }
    }

    public void Remove(string ticker)
    {
        lock (_gate)
        {
            _entries.Remove(ticker);
        }
    }

    /// <summary>Those that nothing has confirmed since an instant.</summary>
    public IReadOnlyList<Instrument> UnconfirmedSince(DateTime utc)
    {
        lock (_gate)
        {
            return [.. _entries.Values.Where(entry => entry.ConfirmedAt < utc).Select(entry => entry.Start.Instrument)];
        }
    }

    /// <summary>Takes a quote in; an older one than that known only confirms it.</summary>
    public void Confirm(in SourcedQuote quote, DateTime utc)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue(quote.Ticker, out var entry))
            {
                entry.Confirm(in quote, utc);
            }
        }
    }

    /// <summary>Publishes what changed, each at the second when it was made, and then what has become stale.</summary>
    public void Publish(DateTime utc, QuoteOutlet outlet)
    {
        lock (_gate)
        {
            foreach (var entry in _entries.Values)
            {
                entry.Judge(utc, staleAfter);
            }

            foreach (var alike in _entries.Values.Where(entry => entry.HasNews)
                .GroupBy(entry => (entry.IsToldStale, entry.Second)).OrderBy(alike => alike.Key.Second))
            {
                var count = 0;
                foreach (var entry in alike)
                {
                    outlet.Room[count++] = entry.Take();
                }

                outlet.Publish(alike.Key.Second, BarSource.Live, count, alike.Key.IsToldStale);
            }
        }
    }

    private sealed class Entry(QuoteStart start, Exchange exchange)
    {
        private readonly SessionClock _clock = new(exchange);
        private Quote _quote = start.Last?.Quote ?? default;
        private DateTime _time = start.Last?.Time ?? default;
        private DateTime _since;
        // What was stale when the worker before this one ended is so until somebody confirms it.
        private bool _isLate = start.Last?.IsStale ?? false;
        private bool _isConfirmed;

        public QuoteStart Start { get; } = start;

        /// <summary>Before the first quote, the beginning of time.</summary>
        public DateTime ConfirmedAt { get; private set; }

        public bool HasNews { get; private set; }

        public bool IsToldStale { get; private set; } = start.Last?.IsStale ?? false;

        public DateTime Second => new(_time.Ticks - (_time.Ticks % TimeSpan.TicksPerSecond), DateTimeKind.Utc);

        public void Confirm(in SourcedQuote sourced, DateTime utc)
        {
            (ConfirmedAt, _isLate) = (utc, sourced.IsLate);
            var quote = Complete(sourced.Provided);
            // A worker whose clock was ahead must not keep others from what is true.
            var isNotOlder = sourced.Provided.Time >= _time || (!_isConfirmed && _time > utc);
            var isNewer = isNotOlder && quote != _quote;
            if (isNewer)
            {
                (_quote, _time) = (quote, sourced.Provided.Time);
            }

            // The first is published also where another worker has published it: this one has to know it from here on.
            HasNews |= isNewer || !_isConfirmed;
            _isConfirmed = true;
        }

        public void Judge(DateTime utc, TimeSpan staleAfter)
        {
            // What another worker left has as long to be confirmed here.
            _since = _since == default ? utc : _since;
            var confirmed = _isConfirmed ? ConfirmedAt : _since;
            var isStale = _time != default && (_isLate || utc - confirmed > staleAfter);
            HasNews |= isStale != IsToldStale;
            IsToldStale = isStale;
        }

        public Quote Take()
        {
            HasNews = false;
            return _quote;
        }

        // Where the provider does not tell it, the close before is the one that is stored.
        private Quote Complete(in ProvidedQuote provided)
        {
            if (provided.Quote.PreviousClose > 0)
            {
                return provided.Quote;
            }

            var session = _clock.CloseAt(provided.Time);
            var known = _quote.PreviousClose > 0 && session == _clock.CloseAt(_time) ? _quote.PreviousClose
                : session > Start.LastSession.Time ? Start.LastSession.Close
                : Start.PreviousClose;
            return provided.Quote with { PreviousClose = known };
        }
    }
}

using System.Collections.Concurrent;
using Trading.Contracts;

namespace Trading.Web.Live;

/// <summary>
/// The quotes that the circuits of this process share: a ticker is subscribed to while at least one feed watches it.
/// </summary>
public sealed partial class LiveQuotes : BackgroundService
{
    private readonly ILogger<LiveQuotes> _logger;
    private readonly StreamPool _streams;
    private readonly QuoteFiller _filler;
    private readonly ConcurrentDictionary<string, LiveQuote> _quotes = new();
    private readonly Dictionary<string, HashSet<QuoteFeed>> _feeds = [];
    private readonly Lock _gate = new();

    public LiveQuotes(
        IServiceProvider services, IConfiguration configuration, TimeProvider time, ILogger<LiveQuotes> logger)
    {
        _logger = logger;
        _filler = new QuoteFiller(services, Fill, time, logger);
        _streams = new StreamPool(() => new QuoteStream(OptionsFrom(configuration), time));
    }

    /// <summary>Raised on the stream's loop; listeners hand over to their own dispatcher at once.</summary>
    public event EventHandler? StateChanged;

    public QuoteStreamState State => _streams.State;

    /// <summary>When the newest of all quotes was made; null before the first.</summary>
    public DateTimeOffset? Newest { get; private set; }

    /// <summary>The source of the newest quotes: live, simulated or replay; null before the first.</summary>
    public string? Source { get; private set; }

    public QuoteFeed Open() => new(this);

    public LiveQuote? Find(string ticker) => _quotes.GetValueOrDefault(ticker);

    internal void Add(QuoteFeed feed, IEnumerable<string> tickers)
    {
        lock (_gate)
        {
            var first = new List<string>();
            foreach (var ticker in tickers)
            {
                if (!_feeds.TryGetValue(ticker, out var feeds))
                {
                    _feeds[ticker] = feeds = [];
                    first.Add(ticker);
                }

                feeds.Add(feed);
            }

            _filler.Request(first);
            _streams.Subscribe(first);
        }
    }

    internal void Remove(QuoteFeed feed, IEnumerable<string> tickers)
    {
        lock (_gate)
        {
            var last = new List<string>();
            foreach (var ticker in tickers)
            {
                if (_feeds.TryGetValue(ticker, out var feeds) && feeds.Remove(feed) && feeds.Count == 0)
                {
                    _feeds.Remove(ticker);
                    _quotes.TryRemove(ticker, out _);
                    last.Add(ticker);
                }
            }

            _streams.Unsubscribe(last);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(_streams.RunAsync(stoppingToken), _filler.RunAsync(stoppingToken));

    private QuoteStreamOptions OptionsFrom(IConfiguration configuration) => new()
    {
        Url = configuration.StreamUrl(),
        Headers = configuration.ServiceHeaders(),
        OnUpdate = Take,
        OnStateChanged = Become,
        OnError = (code, message, ticker) => LogRefused(code, message, ticker),
    };

    private void Take(PriceUpdate update)
    {
        lock (_gate)
        {
            if (!_feeds.ContainsKey(update.Ticker))
            {
                return;
            }

            var known = _quotes.GetValueOrDefault(update.Ticker);
            if (known is null || update.Seq >= known.Seq)
            {
                Publish(known?.With(update) ?? LiveQuote.From(update));
            }
        }
    }

    private void Fill(IReadOnlyList<QuoteResponse> quotes)
    {
        lock (_gate)
        {
            foreach (var quote in quotes.Where(quote => _feeds.ContainsKey(quote.Ticker)))
            {
                var filled = LiveQuote.From(quote);
                var newest = _quotes.GetValueOrDefault(quote.Ticker);
                Publish(newest?.Seq > filled.Seq ? filled.With(newest.ToUpdate()) : filled);
            }
        }
    }

    private void Publish(LiveQuote quote)
    {
        _quotes[quote.Ticker] = quote;
        Newest = Newest > quote.Time ? Newest : quote.Time;
        Source = quote.Source ?? Source;
        foreach (var feed in _feeds[quote.Ticker])
        {
            feed.Mark(quote.Ticker);
        }
    }

    private void Become(QuoteStreamState state, Exception? reason)
    {
        LogState(state, reason?.Message);
        if (state == QuoteStreamState.Connected)
        {
            // Highs and lows of the time without a connection come only from the batch answer.
            lock (_gate)
            {
                _filler.Request(_feeds.Keys);
            }
        }

        StateChanged?.Invoke(this, EventArgs.Empty);
    }

    [LoggerMessage(LogLevel.Information, "Quote stream is {State}. {Reason}")]
    private partial void LogState(QuoteStreamState state, string? reason);

    [LoggerMessage(LogLevel.Warning, "The stream refused {Ticker}: {Code}, {Message}")]
    private partial void LogRefused(string code, string message, string? ticker);
}

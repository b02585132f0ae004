using System.Collections.Concurrent;
using System.Threading.Channels;
using Trading.Contracts;

namespace Trading.Web.Live;

/// <summary>
/// The one connection of this process to the API's stream, shared by every circuit: a ticker is subscribed to while
/// at least one feed watches it.
/// </summary>
public sealed partial class LiveQuotes : BackgroundService
{
    private readonly IServiceProvider _services;
    private readonly TimeProvider _time;
    private readonly ILogger<LiveQuotes> _logger;
    private readonly QuoteStream _stream;
    private readonly ConcurrentDictionary<string, LiveQuote> _quotes = new();
    private readonly Dictionary<string, HashSet<QuoteFeed>> _feeds = [];
    private readonly Lock _gate = new();
    private readonly Channel<string> _unknown = Channel.CreateUnbounded<string>();

    public LiveQuotes(
        IServiceProvider services, IConfiguration configuration, TimeProvider time, ILogger<LiveQuotes> logger)
    {
        _services = services;
        _time = time;
        _logger = logger;
        var options = new QuoteStreamOptions
        {
            Url = configuration.StreamUrl(),
            Headers = configuration.ServiceHeaders(),
            OnUpdate = Take,
            OnStateChanged = Become,
            OnError = (code, message, ticker) => LogRefused(code, message, ticker),
        };
        _stream = new QuoteStream(options, time);
    }

    /// <summary>Raised on the stream's loop; listeners hand over to their own dispatcher at once.</summary>
    public event EventHandler? StateChanged;

    public QuoteStreamState State => _stream.State;

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
            foreach (var ticker in tickers)
            {
                if (!_feeds.TryGetValue(ticker, out var feeds))
                {
                    _feeds[ticker] = feeds = [];
                    _unknown.Writer.TryWrite(ticker);
                    _stream.Subscribe(ticker);
                }

                feeds.Add(feed);
            }
        }
    }

    internal void Remove(QuoteFeed feed, IEnumerable<string> tickers)
    {
        lock (_gate)
        {
            foreach (var ticker in tickers)
            {
                if (_feeds.TryGetValue(ticker, out var feeds) && feeds.Remove(feed) && feeds.Count == 0)
                {
                    _feeds.Remove(ticker);
                    _quotes.TryRemove(ticker, out _);
                    _stream.Unsubscribe(ticker);
                }
            }
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(_stream.RunAsync(stoppingToken), FillAsync(stoppingToken));

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
            Refill(Watched());
        }

        StateChanged?.Invoke(this, EventArgs.Empty);
    }

    private string[] Watched()
    {
        lock (_gate)
        {
            return [.. _feeds.Keys];
        }
    }

    private void Refill(IEnumerable<string> tickers)
    {
        foreach (var ticker in tickers)
        {
            _unknown.Writer.TryWrite(ticker);
        }
    }

    /// <summary>
    /// Asks for what an update does not carry (open, range, source) once per ticker, many tickers at a time.
    /// </summary>
    private async Task FillAsync(CancellationToken cancellationToken)
    {
        while (await _unknown.Reader.WaitToReadAsync(cancellationToken))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), _time, cancellationToken);
            var tickers = new HashSet<string>();
            while (tickers.Count < TradingClient.MaxQuoteTickers && _unknown.Reader.TryRead(out var ticker))
            {
                tickers.Add(ticker);
            }

            await FillAsync(tickers, cancellationToken);
        }
    }

    private async Task FillAsync(IReadOnlyCollection<string> tickers, CancellationToken cancellationToken)
    {
        try
        {
            var client = _services.GetRequiredService<TradingClient>();
            var answer = await client.GetQuotesAsync(tickers, cancellationToken);
            Fill(answer.Quotes);
        }
        catch (TradingApiException exception) when (exception.Code == ErrorCodes.UnknownTicker)
        {
            // One ticker that is gone must not keep the others dark.
            foreach (var half in tickers.Count > 1 ? tickers.Chunk((tickers.Count + 1) / 2) : [])
            {
                await FillAsync(half, cancellationToken);
            }
        }
        catch (TradingApiException exception)
        {
            LogNotFilled(tickers.Count, exception.Detail);
            Refill(tickers);
            await Task.Delay(exception.RetryAfter ?? TimeSpan.FromSeconds(2), _time, cancellationToken);
        }
    }

    private void Fill(IReadOnlyList<QuoteResponse> quotes)
    {
        lock (_gate)
        {
            foreach (var quote in quotes.Where(quote => _feeds.ContainsKey(quote.Ticker)))
            {
                var newest = _quotes.GetValueOrDefault(quote.Ticker);
                var filled = LiveQuote.From(quote);
                Publish(newest?.Seq > filled.Seq ? Later(filled, newest) : filled);
            }
        }
    }

    private static LiveQuote Later(LiveQuote filled, LiveQuote newest) => filled.With(new PriceUpdate(
        newest.Ticker,
        newest.Price,
        newest.Change,
        newest.ChangePercent,
        newest.Volume,
        newest.Time.ToUnixTimeMilliseconds() / 1000.0,
        newest.Seq));

    [LoggerMessage(LogLevel.Information, "Quote stream is {State}. {Reason}")]
    private partial void LogState(QuoteStreamState state, string? reason);

    [LoggerMessage(LogLevel.Warning, "The stream refused {Ticker}: {Code}, {Message}")]
    private partial void LogRefused(string code, string message, string? ticker);

    [LoggerMessage(LogLevel.Warning, "No quotes of {Count} instruments yet: {Detail}")]
    private partial void LogNotFilled(int count, string detail);
}

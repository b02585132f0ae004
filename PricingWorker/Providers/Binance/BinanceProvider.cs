using System.Net;
using System.Text.Json;
using Trading.Domain.Market;
using Trading.PricingWorker.Providers.Http;

namespace Trading.PricingWorker.Providers.Binance;

/// <summary>
/// Binance: candles over REST, live over a WebSocket. A session is the day in UTC, so that the candle of a day under
/// way has its open, extremes and volume; the rolling day of its tickers has not.
/// </summary>
internal sealed class BinanceProvider(
    ProviderHttp http, BinanceStream stream, BinanceOptions options, TimeProvider time) : IMarketDataProvider
{
    private const int PageSize = 1000;

    public ProviderName Name => ProviderName.Binance;

    public ProviderAbilities Abilities =>
        ProviderAbilities.DailyBars | ProviderAbilities.Quotes | ProviderAbilities.Stream;

    public TimeSpan LateAfter => options.LateAfter;

    public bool Covers(Instrument instrument) => BinanceSymbols.TryFind(instrument, out _);

    public async Task<ProviderHistory> ReadDailyAsync(
        Instrument instrument, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        var bars = new List<ProvidedBar>();
        var start = from;
        while (start <= to)
        {
            var page = await ReadAsync(
                instrument,
                FormattableString.Invariant(
                    $"&startTime={Milliseconds(start)}&endTime={Milliseconds(to.AddDays(1)) - 1}&limit={PageSize}"),
                cancellationToken);
            var fresh = page.Where(kline => kline.Session >= start && kline.Session <= to)
                .Select(kline => new ProvidedBar(kline.Session, kline.Bar)).ToList();
            bars.AddRange(fresh);
            if (page.Count < PageSize || fresh.Count == 0)
            {
                break;
            }

            start = fresh[^1].Session.AddDays(1);
        }

        return new ProviderHistory(bars, []);
    }

    public Task<QuoteAnswer> ReadQuotesAsync(
        IReadOnlyList<Instrument> instruments, CancellationToken cancellationToken) =>
        QuoteAnswer.GatherAsync(
            instruments.Where(Covers).Select(instrument => ReadQuoteAsync(instrument, cancellationToken)));

    public IAsyncEnumerable<ProvidedQuote> StreamAsync(
        IReadOnlyList<Instrument> instruments, CancellationToken cancellationToken) =>
        stream.ReadAsync(instruments, cancellationToken);

    private static long Milliseconds(DateOnly date) =>
        new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).ToUnixTimeMilliseconds();

    private async Task<QuoteAnswer> ReadQuoteAsync(Instrument instrument, CancellationToken cancellationToken)
    {
        try
        {
            var days = await ReadAsync(instrument, "&limit=2", cancellationToken);
            return new QuoteAnswer(days.Count == 0 ? [] : [QuoteOf(instrument, days)]);
        }
        catch (ProviderException error) when (error.Kind == FailureKind.NotFound)
        {
            return new QuoteAnswer([]);
        }
    }

    private ProvidedQuote QuoteOf(Instrument instrument, IReadOnlyList<Kline> days)
    {
        var (today, before) = (days[^1], days.Count > 1 ? days[^2].Close : double.NaN);
        var now = time.GetUtcNow().UtcDateTime;
        var close = today.OpenUtc.AddDays(1).AddTicks(-1);
        return new ProvidedQuote(
            new Quote(instrument.Ticker, today.Close, before, today.Open, today.High, today.Low, today.Volume),
            now < close ? now : close,
            IsTrading: true);
    }

    private Task<IReadOnlyList<Kline>> ReadAsync(
        Instrument instrument, string range, CancellationToken cancellationToken)
    {
        BinanceSymbols.TryFind(instrument, out var symbol);
        return http.GetAsync(
            "klines",
            new Uri(options.Url, $"/api/v3/klines?symbol={symbol}&interval=1d{range}"),
            ReadAsync,
            cancellationToken,
            Explain);
    }

    private static async Task<IReadOnlyList<Kline>> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        var klines = new List<Kline>();
        await foreach (var kline in JsonSerializer.DeserializeAsyncEnumerable(
            body, BinanceJson.Default.Kline, cancellationToken))
        {
            klines.Add(kline);
        }

        return klines;
    }

    // {"code":-1121,"msg":"Invalid symbol."}
    private static FailureKind? Explain(HttpStatusCode status, string text) =>
        status == HttpStatusCode.BadRequest && text.Contains("-1121", StringComparison.Ordinal)
            ? FailureKind.NotFound
            : null;
}

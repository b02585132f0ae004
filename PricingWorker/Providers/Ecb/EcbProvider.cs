using Trading.Domain.Currencies;
using Trading.Domain.Market;
using Trading.PricingWorker.Providers.Http;

namespace Trading.PricingWorker.Providers.Ecb;

/// <summary>
/// The European Central Bank's reference rates: one a working day for each currency against the euro, others by way of
/// it. One file holds all, so it is fetched once and kept for a while.
/// </summary>
internal sealed class EcbProvider(ProviderHttp http, EcbOptions options, TimeProvider time)
    : IMarketDataProvider, IDisposable
{
    private static readonly TimeSpan _published = TimeSpan.FromHours(16);
    private static readonly TimeZoneInfo _frankfurt = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    private readonly SemaphoreSlim _once = new(1);
    private EcbRates? _rates;
    private DateTime _readAt;

    public ProviderName Name => ProviderName.Ecb;

    public ProviderAbilities Abilities => ProviderAbilities.DailyBars | ProviderAbilities.Quotes;

    public TimeSpan LateAfter => options.LateAfter;

    public bool Covers(Instrument instrument) => CurrencyPair.TryParse(instrument.Ticker, out _);

    public async Task<ProviderHistory> ReadDailyAsync(
        Instrument instrument, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        var pair = PairOf(instrument);
        var rates = await RatesAsync(cancellationToken);
        if (!rates.Has(pair))
        {
            throw ProviderException.NotFound(instrument.Ticker);
        }

        return new ProviderHistory(
            [
                .. rates.Of(pair).Where(day => day.Day >= from && day.Day <= to).Select(day =>
                    new ProvidedBar(day.Day, new Bar(default, day.Rate, day.Rate, day.Rate, day.Rate, 0))),
            ],
            []);
    }

    public async Task<QuoteAnswer> ReadQuotesAsync(
        IReadOnlyList<Instrument> instruments, CancellationToken cancellationToken)
    {
        var rates = await RatesAsync(cancellationToken);
        var quotes = new List<ProvidedQuote>();
        foreach (var instrument in instruments.Where(Covers))
        {
            if (rates.Of(PairOf(instrument)).TakeLast(2).ToArray() is [.., var last] both)
            {
                var before = both.Length > 1 ? both[0].Rate : double.NaN;
                quotes.Add(new ProvidedQuote(
                    new Quote(instrument.Ticker, last.Rate, before, last.Rate, last.Rate, last.Rate, 0),
                    TimeZoneInfo.ConvertTimeToUtc(last.Day.ToDateTime(TimeOnly.MinValue) + _published, _frankfurt),
                    IsTrading: true));
            }
        }

        return new QuoteAnswer(quotes);
    }

    /// <summary>Every rate against the euro that was ever published.</summary>
    public async Task<IReadOnlyList<ReferenceRate>> ReadRatesAsync(CancellationToken cancellationToken) =>
        (await RatesAsync(cancellationToken)).All();

    public void Dispose() => _once.Dispose();

    private static CurrencyPair PairOf(Instrument instrument) =>
        CurrencyPair.TryParse(instrument.Ticker, out var pair)
            ? pair
            : throw ProviderException.NotFound(instrument.Ticker);

    private async Task<EcbRates> RatesAsync(CancellationToken cancellationToken)
    {
        await _once.WaitAsync(cancellationToken);
        try
        {
            if (_rates is null || time.GetUtcNow().UtcDateTime - _readAt > options.KeepFor)
            {
                _rates = await http.GetAsync(
                    "rates",
                    new Uri(options.Url, "/stats/eurofxref/eurofxref-hist.zip"),
                    (body, token) => EcbRates.ReadAsync(body, options.MaxBodyBytes, token),
                    cancellationToken);
                _readAt = time.GetUtcNow().UtcDateTime;
            }

            return _rates;
        }
        finally
        {
            _once.Release();
        }
    }
}

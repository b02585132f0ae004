using System.Diagnostics.CodeAnalysis;
using Trading.Domain.Market;
using Trading.PricingWorker.Providers.Csv;
using Trading.PricingWorker.Providers.Http;

namespace Trading.PricingWorker.Providers.Stooq;

/// <summary>Stooq, and whoever answers as it does: daily bars as CSV.</summary>
internal sealed class StooqProvider(ProviderHttp http, StooqOptions options, TimeProvider time) : IMarketDataProvider
{
    private static readonly Dictionary<string, string> _endings = new()
    {
        ["XNYS"] = ".us", ["XNAS"] = ".us", ["XLON"] = ".uk", ["XETR"] = ".de", ["XTKS"] = ".jp",
    };

    public ProviderName Name => ProviderName.Stooq;

    public ProviderAbilities Abilities => ProviderAbilities.DailyBars;

    public bool Covers(Instrument instrument) => TryFind(instrument, out _);

    public Task<ProviderHistory> ReadDailyAsync(
        Instrument instrument, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        TryFind(instrument, out var symbol);
        return http.GetAsync(
            "daily",
            new Uri(
                options.Url,
                FormattableString.Invariant(
                    $"/q/d/l/?s={Uri.EscapeDataString(symbol!)}&d1={from:yyyyMMdd}&d2={to:yyyyMMdd}&i=d")),
            async (body, token) =>
            {
                var bars = await DailyCsv.ReadAsync(body, instrument.Ticker, token);
                return AsTraded(instrument, [.. bars.Where(bar => bar.Session >= from && bar.Session <= to)]);
            },
            cancellationToken);
    }

    private static bool TryFind(Instrument instrument, [NotNullWhen(true)] out string? symbol)
    {
        symbol = instrument.ClassOf() switch
        {
            AssetClass.Currency when CurrencyPair.TryParse(instrument.Ticker, out var pair) =>
                $"{pair.Base}{pair.Quote}".ToLowerInvariant(),
            AssetClass.Equity when instrument.Ticker.StartsWith('^') => instrument.Ticker.ToLowerInvariant(),
            AssetClass.Equity when _endings.TryGetValue(instrument.Exchange, out var ending) =>
                instrument.Ticker.Replace('.', '-').ToLowerInvariant() + ending,
            _ => null,
        };
        return symbol is not null;
    }

    private ProviderHistory AsTraded(Instrument instrument, List<ProvidedBar> bars)
    {
        var isAdjusted = instrument.ClassOf() == AssetClass.Equity && !instrument.Ticker.StartsWith('^');
        if (!isAdjusted || options.RawDays == 0)
        {
            return new ProviderHistory(bars, []);
        }

        var first = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(-options.RawDays);
        var raw = bars.Where(bar => bar.Session >= first).ToList();
        return new ProviderHistory(raw, [], bars.Count - raw.Count);
    }
}

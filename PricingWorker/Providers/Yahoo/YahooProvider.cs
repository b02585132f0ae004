using System.Globalization;
using System.Net;
using System.Text.Json;
using Trading.Domain.Market;
using Trading.PricingWorker.Providers.Http;

namespace Trading.PricingWorker.Providers.Yahoo;

/// <summary>Yahoo Finance: charts of version 8, and quotes of version 7 in batches.</summary>
internal sealed class YahooProvider(ProviderHttp http, YahooOptions options, TimeProvider time)
    : IMarketDataProvider, IDisposable
{
    private readonly YahooCrumb _crumb = new(http, options);

    public ProviderName Name => ProviderName.Yahoo;

    public ProviderAbilities Abilities =>
        ProviderAbilities.DailyBars | ProviderAbilities.Quotes | ProviderAbilities.Actions;

    public TimeSpan LateAfter => options.LateAfter;

    public bool Covers(Instrument instrument) => YahooSymbols.TryFind(instrument, out _);

    public Task<ProviderHistory> ReadDailyAsync(
        Instrument instrument, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        YahooSymbols.TryFind(instrument, out var symbol);
        var start = new DateTimeOffset(from.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddDays(-1);
        var uri = new Uri(
            options.Url,
            string.Create(
                CultureInfo.InvariantCulture,
                $"/v8/finance/chart/{Uri.EscapeDataString(symbol!)}?period1={start.ToUnixTimeSeconds()}"
                + $"&period2={time.GetUtcNow().ToUnixTimeSeconds()}"
                + $"&interval=1d&includePrePost=false&events=div%7Csplit"));
        return http.GetAsync(
            "chart",
            uri,
            async (body, token) =>
            {
                var answer = await JsonSerializer.DeserializeAsync(body, YahooJson.Default.YahooChartAnswer, token);
                return HistoryOf(answer?.Chart, instrument, from, to);
            },
            cancellationToken);
    }

    public Task<QuoteAnswer> ReadQuotesAsync(
        IReadOnlyList<Instrument> instruments, CancellationToken cancellationToken) =>
        QuoteAnswer.GatherAsync(instruments.Where(Covers).Chunk(options.BatchSize)
            .Select(batch => ReadBatchAsync(batch, cancellationToken)));

    public void Dispose() => _crumb.Dispose();

    private static ProviderHistory HistoryOf(YahooChart? chart, Instrument instrument, DateOnly from, DateOnly to) =>
        chart switch
        {
            { Error: { Code: "Not Found" } } => throw ProviderException.NotFound(instrument.Ticker),
            { Error: { } error } => throw ProviderException.Invalid($"{error.Code}: {error.Description}"),
            { Result: [var result, ..] } => new YahooChartReader(instrument, result).Read(from, to),
            _ => throw ProviderException.Invalid("The answer is no chart."),
        };

    private async Task<QuoteAnswer> ReadBatchAsync(Instrument[] batch, CancellationToken cancellationToken)
    {
        var crumb = _crumb.Known;
        try
        {
            return await ReadBatchAsync(batch, crumb, cancellationToken);
        }
        catch (ProviderException refused) when (
            refused.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            return await ReadBatchAsync(batch, await _crumb.RenewAsync(crumb, cancellationToken), cancellationToken);
        }
    }

    private Task<QuoteAnswer> ReadBatchAsync(
        Instrument[] batch, string? crumb, CancellationToken cancellationToken)
    {
        var bySymbol = new Dictionary<string, Instrument>(StringComparer.OrdinalIgnoreCase);
        foreach (var instrument in batch)
        {
            YahooSymbols.TryFind(instrument, out var symbol);
            bySymbol[symbol!] = instrument;
        }

        var uri = new Uri(
            options.Url,
            $"/v7/finance/quote?symbols={Uri.EscapeDataString(string.Join(',', bySymbol.Keys))}"
            + (crumb is null ? "" : $"&crumb={Uri.EscapeDataString(crumb)}"));
        return http.GetAsync(
            "quote",
            uri,
            async (body, token) =>
            {
                var answer = await JsonSerializer.DeserializeAsync(body, YahooJson.Default.YahooQuoteAnswer, token);
                return YahooQuoteReader.Read(answer?.QuoteResponse?.Result, bySymbol);
            },
            cancellationToken);
    }
}

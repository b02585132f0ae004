using System.Text.Json;
using System.Text.Json.Serialization;

namespace Trading.PricingWorker.Providers.Yahoo;

internal sealed record YahooChartAnswer(YahooChart? Chart);

internal sealed record YahooChart(IReadOnlyList<YahooChartResult>? Result, YahooError? Error);

internal sealed record YahooError(string? Code, string? Description);

/// <param name="Timestamp">The open of each session, seconds; absent where there is none.</param>
internal sealed record YahooChartResult(
    YahooChartMeta? Meta, IReadOnlyList<long>? Timestamp, YahooEvents? Events, YahooIndicators? Indicators);

internal sealed record YahooChartMeta(string? Currency, string? Symbol, string? ExchangeTimezoneName);

internal sealed record YahooEvents(
    IReadOnlyDictionary<string, YahooSplit>? Splits, IReadOnlyDictionary<string, YahooDividend>? Dividends);

internal sealed record YahooSplit(long Date, double Numerator, double Denominator);

internal sealed record YahooDividend(long Date, double Amount);

internal sealed record YahooIndicators(IReadOnlyList<YahooPrices>? Quote);

/// <summary>Columns; null where nothing was traded.</summary>
internal sealed record YahooPrices(
    IReadOnlyList<double?>? Open,
    IReadOnlyList<double?>? High,
    IReadOnlyList<double?>? Low,
    IReadOnlyList<double?>? Close,
    IReadOnlyList<double?>? Volume);

internal sealed record YahooQuoteAnswer(YahooQuoteList? QuoteResponse);

/// <param name="Result">Each is read by itself: one that makes no sense spoils no other.</param>
internal sealed record YahooQuoteList(IReadOnlyList<JsonElement>? Result);

internal sealed record YahooQuote(
    string? Symbol,
    string? Currency,
    string? MarketState,
    double? RegularMarketPrice,
    double? RegularMarketPreviousClose,
    double? RegularMarketOpen,
    double? RegularMarketDayHigh,
    double? RegularMarketDayLow,
    double? RegularMarketVolume,
    long? RegularMarketTime);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(YahooChartAnswer))]
[JsonSerializable(typeof(YahooQuoteAnswer))]
[JsonSerializable(typeof(YahooQuote))]
internal sealed partial class YahooJson : JsonSerializerContext;

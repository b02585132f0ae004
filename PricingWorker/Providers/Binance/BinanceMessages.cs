using System.Text.Json.Serialization;

namespace Trading.PricingWorker.Providers.Binance;

/// <summary>A message of a combined stream.</summary>
internal sealed record BinanceEnvelope(string? Stream, BinanceEvent? Data);

/// <param name="Type">Such as <c>kline</c>.</param>
/// <param name="Time">Milliseconds.</param>
internal sealed record BinanceEvent(
    [property: JsonPropertyName("e")] string? Type,
    [property: JsonPropertyName("E")] long Time,
    [property: JsonPropertyName("s")] string? Symbol,
    [property: JsonPropertyName("k")] BinanceCandle? Candle);

/// <summary>The candle under way, its numbers as text.</summary>
internal sealed record BinanceCandle(
    [property: JsonPropertyName("t")] long OpenTime,
    [property: JsonPropertyName("i")] string? Interval,
    [property: JsonPropertyName("o")] string? Open,
    [property: JsonPropertyName("h")] string? High,
    [property: JsonPropertyName("l")] string? Low,
    [property: JsonPropertyName("c")] string? Close,
    [property: JsonPropertyName("v")] string? Volume);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BinanceEnvelope))]
[JsonSerializable(typeof(Kline))]
internal sealed partial class BinanceJson : JsonSerializerContext;

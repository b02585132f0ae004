using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Trading.Domain.Market;

namespace Trading.PricingWorker.Providers.Binance;

/// <summary>One candle: an array of its open time, four prices and the volume as text, and more.</summary>
[JsonConverter(typeof(KlineConverter))]
internal readonly record struct Kline(
    long OpenTime, double Open, double High, double Low, double Close, double Volume)
{
    /// <summary>The year 3000, in milliseconds.</summary>
    public const long LatestTime = 32_503_680_000_000;

    public DateTime OpenUtc => DateTimeOffset.FromUnixTimeMilliseconds(OpenTime).UtcDateTime;

    public DateOnly Session => DateOnly.FromDateTime(OpenUtc);

    public Bar Bar => new(default, Open, High, Low, Close, Volume);
}

internal sealed class KlineConverter : JsonConverter<Kline>
{
    public override Kline Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray || !reader.Read()
            || reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var openTime))
        {
            throw new JsonException("A candle is an array that begins with a time.");
        }

        if (openTime is <= 0 or >= Kline.LatestTime)
        {
            throw new JsonException($"{openTime} is no time of a candle.");
        }

        var kline = new Kline(
            openTime,
            Number(ref reader),
            Number(ref reader),
            Number(ref reader),
            Number(ref reader),
            Number(ref reader));
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            // Whole values are there: of a stream, converters get one at a time.
            reader.TrySkip();
        }

        return kline;
    }

    public override void Write(Utf8JsonWriter writer, Kline value, JsonSerializerOptions options) =>
        throw new NotSupportedException();

    private static double Number(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.String
        && double.TryParse(reader.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new JsonException("A candle has five numbers as text after its time.");
}

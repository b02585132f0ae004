using System.Text.Json;
using System.Text.Json.Serialization;
using Trading.Domain.Backtesting;
using Trading.Domain.Backtesting.Sweeps;
using Trading.Domain.Strategies;

namespace Trading.Data.Backtests;

/// <summary>How backtests are stored, and shown as they are stored: as all bodies of the API.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters =
    [
        typeof(SnakeCase<ExitReason>), typeof(SnakeCase<TradeDirection>), typeof(SnakeCase<UniverseKind>),
        typeof(SnakeCase<LastBarFill>), typeof(SnakeCase<SweepObjective>), typeof(SnakeCase<PositionSizeRule>),
    ])]
[JsonSerializable(typeof(BacktestSpec))]
[JsonSerializable(typeof(ResultDocument))]
[JsonSerializable(typeof(EquityDocument))]
[JsonSerializable(typeof(IReadOnlyList<Trade>))]
internal sealed partial class BacktestJson : JsonSerializerContext;

/// <summary>Names of enumerations in snake_case.</summary>
internal sealed class SnakeCase<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.SnakeCaseLower)
    where TEnum : struct, Enum;

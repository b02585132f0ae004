using System.Text.Json.Serialization;
using Trading.Data.Backtests;
using Trading.Domain.Backtesting;
using Trading.Domain.Experiments;
using Trading.Domain.Strategies;

namespace Trading.Data.Experiments;

/// <summary>How experiments are stored.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters =
    [
        typeof(SnakeCase<ExitReason>), typeof(SnakeCase<TradeDirection>), typeof(SnakeCase<LastBarFill>),
        typeof(SnakeCase<PositionSizeRule>), typeof(SnakeCase<ExperimentVerdict>),
    ])]
[JsonSerializable(typeof(ExperimentSpec))]
[JsonSerializable(typeof(IReadOnlyList<ArmDocument>))]
internal sealed partial class ExperimentJson : JsonSerializerContext;

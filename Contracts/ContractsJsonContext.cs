using System.Text.Json.Serialization;

namespace Trading.Contracts;

/// <summary>How the records of the API are written as JSON: snake_case, by generated code.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(Page<InstrumentResponse>))]
[JsonSerializable(typeof(Page<BarResponse>))]
[JsonSerializable(typeof(QuoteResponse))]
[JsonSerializable(typeof(QuoteBatchResponse))]
[JsonSerializable(typeof(Page<AuditEventResponse>))]
[JsonSerializable(typeof(AuditVerdictResponse))]
[JsonSerializable(typeof(PriceUpdate))]
[JsonSerializable(typeof(ProblemResponse))]
[JsonSerializable(typeof(StreamMessage))]
[JsonSerializable(typeof(StreamRequest))]
internal sealed partial class ContractsJsonContext : JsonSerializerContext;

using System.Text.Json.Serialization;
using Trading.ServiceDefaults;

namespace Trading.ApiService.Monitoring;

/// <summary>What other services answer.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(HealthResponse))]
internal sealed partial class MonitoringJson : JsonSerializerContext;

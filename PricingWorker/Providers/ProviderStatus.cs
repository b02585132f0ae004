using System.Text.Json.Serialization;

namespace Trading.PricingWorker.Providers;

/// <summary>How the providers are, as the API shows it.</summary>
/// <param name="Active">Whether this worker quotes any instruments.</param>
/// <param name="Workers">How many workers share the instruments.</param>
internal sealed record ProviderStatusList(
    bool Active, int Workers, IReadOnlyList<AssetClassStatus> AssetClasses, IReadOnlyList<ProviderStatus> Providers);

/// <param name="Order">Who is asked first, and who next.</param>
internal sealed record AssetClassStatus(string AssetClass, IReadOnlyList<string> Order, int Quoted, int Stale);

internal sealed record ProviderStatus(
    string Name,
    IReadOnlyList<string> Gives,
    string? Breaker,
    long Successes,
    DateTime? LastSuccess,
    IReadOnlyDictionary<string, long> Failures,
    ProviderFailureStatus? LastFailure);

internal sealed record ProviderFailureStatus(string Kind, string Message, DateTime Time);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ProviderStatusList))]
internal sealed partial class ProviderStatusJson : JsonSerializerContext;

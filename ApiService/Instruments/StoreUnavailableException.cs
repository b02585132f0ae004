namespace Trading.ApiService.Instruments;

/// <summary>A store is away, and nothing in memory can answer instead.</summary>
internal sealed class StoreUnavailableException(string message) : Exception(message);

using System.Net;

namespace Trading.PricingWorker.Providers;

/// <summary>Why a provider did not give what it was asked for.</summary>
internal sealed class ProviderException(FailureKind kind, string message, Exception? cause = null)
    : Exception(message, cause)
{
    public FailureKind Kind { get; } = kind;

    /// <summary>What the provider wants waited; null where it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Of the answer; null where there was none, or a good one.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>True where the provider was not asked at all, as it failed too often.</summary>
    public bool IsUnasked { get; init; }

    public static ProviderException Invalid(string message, Exception? cause = null) =>
        new(FailureKind.InvalidData, message, cause);

    public static ProviderException NotFound(string ticker) =>
        new(FailureKind.NotFound, $"{ticker} is not known there.");
}

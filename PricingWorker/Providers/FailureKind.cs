namespace Trading.PricingWorker.Providers;

/// <summary>What a failure means for what is done next.</summary>
internal enum FailureKind
{
    /// <summary>It may work in a moment: no connection, a time-out, a 5xx.</summary>
    Transient,

    /// <summary>Asked too often, by its count or by ours.</summary>
    RateLimited,

    /// <summary>The instrument is not known there; nothing is wrong with the provider.</summary>
    NotFound,

    /// <summary>An answer that makes no sense, or is too long to read.</summary>
    InvalidData,

    /// <summary>It refuses, and would again: keys, a changed address, a country.</summary>
    Fatal,
}

internal static class FailureKinds
{
    /// <summary>As in metrics and in the API.</summary>
    public static string Code(this FailureKind kind) => kind switch
    {
        FailureKind.RateLimited => "rate_limited",
        FailureKind.NotFound => "not_found",
        FailureKind.InvalidData => "invalid_data",
        FailureKind.Fatal => "fatal",
        _ => "transient",
    };
}

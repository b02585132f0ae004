namespace Trading.PricingWorker.Providers;

internal enum BreakerState
{
    /// <summary>The provider is asked.</summary>
    Closed,

    /// <summary>It is asked once, to see whether it works again.</summary>
    HalfOpen,

    /// <summary>It failed too often, and is not asked.</summary>
    Open,
}

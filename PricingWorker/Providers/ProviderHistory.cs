using Trading.Domain.Market;

namespace Trading.PricingWorker.Providers;

/// <summary>One session. The bar's time is not set: the exchange's calendar dates it.</summary>
internal readonly record struct ProvidedBar(DateOnly Session, Bar Bar);

/// <summary>What a provider has of one instrument, in prices as they were traded.</summary>
/// <param name="Bars">In order of session.</param>
/// <param name="Actions">Splits and dividends that it tells of.</param>
/// <param name="LeftOut">Sessions whose prices as traded cannot be told.</param>
internal sealed record ProviderHistory(
    IReadOnlyList<ProvidedBar> Bars, IReadOnlyList<CorporateAction> Actions, int LeftOut = 0)
{
    public static ProviderHistory None { get; } = new([], []);
}

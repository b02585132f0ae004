using Trading.Domain.Market;

namespace Trading.PricingWorker.Providers.Yahoo;

/// <summary>Yahoo's numbers as they were meant.</summary>
internal static class YahooPrice
{
    /// <summary>Most are single precision written out in full: 75.0875 comes as 75.0875015258789.</summary>
    public static double Of(double written) =>
        (float)written == written && Math.Abs(written) < (double)decimal.MaxValue
            ? (double)(decimal)(float)written
            : written;

    /// <summary>
    /// What prices of a currency are multiplied by to be in the instrument's: London quotes in pence.
    /// </summary>
    /// <exception cref="ProviderException">
    /// It is another currency: another thing goes by the name there, and nothing is wrong with the provider.
    /// </exception>
    public static double Scale(string? currency, Instrument instrument) => currency switch
    {
        null => 1,
        _ when currency == instrument.Currency => 1,
        "GBp" or "GBX" when instrument.Currency == "GBP" => 0.01,
        _ => throw new ProviderException(
            FailureKind.NotFound,
            $"{instrument.Ticker} is in {currency} there, not in {instrument.Currency}."),
    };
}

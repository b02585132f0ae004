using Trading.Domain.Market;
using Trading.PricingWorker.Providers;

namespace Trading.Tests.Unit.Providers;

/// <summary>One provider at one server, and what came of asking it.</summary>
internal static class Asked
{
    public static DateOnly First { get; } = new(1990, 1, 1);

    public static DateOnly Last { get; } = new(2030, 1, 1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The setting that puts a provider, and an instrument that it has.</summary>
    public static ((string Key, string Value) Setting, Instrument Instrument) Case(ProviderName name) => name switch
    {
        ProviderName.Binance => (("Crypto", "Binance"), ProviderHost.Instrument("BTC/USDT", "CRYPTO")),
        ProviderName.Ecb => (("Currency", "Ecb"), ProviderHost.Instrument("EUR/USD")),
        _ => (("Equity", name.ToString()), ProviderHost.Instrument("AAPL")),
    };

    public static async Task<ProviderHistory> DailyAsync(
        this ProviderServer server, ProviderName name, Instrument instrument, params (string Key, string Value)[] settings)
    {
        await using var host = new ProviderHost(server.Url, settings);
        return await host.Provider(name).ReadDailyAsync(instrument, First, Last, Cancellation);
    }

    /// <summary>Why an instrument's history was not given.</summary>
    public static Task<ProviderException> FailureAsync(this ProviderHost host, ProviderName name) =>
        Assert.ThrowsAsync<ProviderException>(() =>
            host.Provider(name).ReadDailyAsync(Case(name).Instrument, First, Last, Cancellation));
}

using Microsoft.Extensions.Options;
using Trading.Domain.Market;
using Trading.PricingWorker.Providers;

namespace Trading.Tests.Unit.Providers;

public sealed class ProviderSettingsTests
{
    [Fact]
    public async Task Unless_configured_all_prices_are_simulated()
    {
        await using var host = new ProviderHost("http://localhost");

        Assert.All(AssetClasses.All, assetClass => Assert.Equal(
            ProviderName.Simulated, Assert.Single(host.Chain(assetClass).Providers).Name));
    }

    [Fact]
    public async Task Every_mistake_is_told_at_once()
    {
        await using var host = new ProviderHost(
            "http://localhost",
            ("Equity", "Yahoo,Bloomberg,Yahoo,Ecb"),
            ("Currency", "Ecb,Simulated"),
            ("Crypto", "Csv"),
            ("Watch", "AAPL@XNAS,TSLA,MSFT@NASDAQ"),
            ("PollEvery", "00:00:00"),
            ("Yahoo:Url", "ftp://example.com"),
            ("Yahoo:Burst", "0"),
            ("Stooq:BreakAfter", "0"),
            ("Binance:StreamUrl", "http://example.com"));

        var failure = Assert.Throws<OptionsValidationException>(() => host.Options);

        Assert.Equal(
            [
                "Providers:Binance:StreamUrl:", "Providers:Csv:Folder:", "Providers:Currency:",
                "Providers:Equity:", "Providers:PollEvery:", "Providers:Stooq:BreakAfter:", "Providers:Watch:",
                "Providers:Yahoo:Burst:", "Providers:Yahoo:Url:",
            ],
            failure.Failures.Select(mistake => mistake.Split(' ')[0]).Distinct()
                .Order(StringComparer.Ordinal));
        Assert.Equal(3, failure.Failures.Count(mistake => mistake.StartsWith("Providers:Equity:", StringComparison.Ordinal)));
        Assert.Equal(2, failure.Failures.Count(mistake => mistake.StartsWith("Providers:Watch:", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("AAPL@XNAS", "AAPL", "USD")]
    [InlineData("VOD@XLON", "VOD", "GBP")]
    [InlineData("vusd@xlon:usd", "VUSD", "USD")]
    [InlineData("EUR/CHF@XLON", "EUR/CHF", "CHF")]
    [InlineData("EUR/CHF@XLON:CHF", "EUR/CHF", "CHF")]
    public void A_watched_instrument_is_in_its_exchanges_currency_or_the_one_told(
        string text, string ticker, string currency)
    {
        Assert.True(WatchedInstrument.TryParse(text, out var instrument), text);

        Assert.Equal((ticker, currency), (instrument.Ticker, instrument.Currency));
    }

    [Theory]
    [InlineData("VUSD@XLON:US")]
    [InlineData("VUSD@XLON:")]
    [InlineData("VUSD@XLON:USD:EUR")]
    [InlineData("VUSD@XLON:U$D")]
    [InlineData("EUR/CHF@XLON:USD")]
    public void What_is_no_currency_of_it_is_a_mistake(string text) =>
        Assert.False(WatchedInstrument.TryParse(text, out _), text);

    [Theory]
    [InlineData("AAPL", "XNAS", AssetClass.Equity)]
    [InlineData("BTC/USD", "CRYPTO", AssetClass.Crypto)]
    [InlineData("EUR/USD", "XLON", AssetClass.Currency)]
    [InlineData("EURUSD=X", "XLON", AssetClass.Currency)]
    [InlineData("ABCDEF", "XNAS", AssetClass.Equity)]
    [InlineData("BRK/B", "XNYS", AssetClass.Equity)]
    public void The_class_of_an_instrument_follows_from_its_exchange_and_ticker(
        string ticker, string exchange, AssetClass expected) =>
        Assert.Equal(expected, ProviderHost.Instrument(ticker, exchange).ClassOf());
}

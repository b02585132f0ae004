using Trading.Domain.Market;

namespace Trading.PricingWorker.Providers;

/// <summary>The section <c>Providers</c>; docs/providers.md explains each key.</summary>
internal sealed class ProviderOptions
{
    public const string Section = "Providers";

    /// <summary>Names of providers in the order of asking, parted by commas; empty: Quotes:Source.</summary>
    public string Equity { get; set; } = string.Empty;

    public string Currency { get; set; } = string.Empty;

    public string Crypto { get; set; } = string.Empty;

    /// <summary>Instruments to list where they are not, as <c>TICKER@EXCHANGE</c> or <c>TICKER@EXCHANGE:CURRENCY</c>, parted by commas.</summary>
    public string Watch { get; set; } = string.Empty;

    /// <summary>How often the newest quotes are asked for.</summary>
    public TimeSpan PollEvery { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>A quote that no provider has confirmed for so long is stale.</summary>
    public TimeSpan StaleAfter { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How far back an instrument without bars is fetched.</summary>
    public int HistoryYears { get; set; } = 10;

    public YahooOptions Yahoo { get; set; } = new();

    public BinanceOptions Binance { get; set; } = new();

    public StooqOptions Stooq { get; set; } = new();

    public EcbOptions Ecb { get; set; } = new();

    public CsvOptions Csv { get; set; } = new();

    public string OrderText(AssetClass assetClass) => assetClass switch
    {
        AssetClass.Currency => Currency,
        AssetClass.Crypto => Crypto,
        _ => Equity,
    };
}

internal sealed class YahooOptions : HttpProviderOptions
{
    public YahooOptions()
    {
        Url = new("https://query1.finance.yahoo.com");
        Burst = 40;
        AtOnce = 32;
        // Some exchanges are given with a delay of 15 or 20 minutes.
        LateAfter = TimeSpan.FromMinutes(25);
    }

    /// <summary>Gives the cookie without which there are no quotes.</summary>
    public Uri CookieUrl { get; set; } = new("https://fc.yahoo.com");

    /// <summary>Instruments in one request for quotes.</summary>
    public int BatchSize { get; set; } = 50;
}

internal sealed class BinanceOptions : HttpProviderOptions
{
    public BinanceOptions()
    {
        Url = new("https://api.binance.com");
        RequestsPerSecond = 15;
        Burst = 60;
    }

    public Uri StreamUrl { get; set; } = new("wss://stream.binance.com:9443");

    /// <summary>A stream that is silent for so long is begun anew.</summary>
    public TimeSpan Silence { get; set; } = TimeSpan.FromSeconds(30);
}

internal sealed class StooqOptions : HttpProviderOptions
{
    public StooqOptions()
    {
        Url = new("https://stooq.com");
        RequestsPerSecond = 1;
        Burst = 10;
        AtOnce = 4;
    }

    /// <summary>
    /// Its prices of shares are adjusted for dividends without saying by what. Sessions of the last days only are
    /// taken as traded; 0 takes all.
    /// </summary>
    public int RawDays { get; set; } = 30;
}

internal sealed class EcbOptions : HttpProviderOptions
{
    public EcbOptions()
    {
        Url = new("https://www.ecb.europa.eu");
        RequestsPerSecond = 0.2;
        Burst = 3;
        AtOnce = 1;
        MaxBodyBytes = 32 << 20;
        // Once a working day, about 16:00 in Frankfurt; Easter has four days without.
        LateAfter = TimeSpan.FromDays(5);
    }

    /// <summary>How long the file of all rates is kept before it is fetched again.</summary>
    public TimeSpan KeepFor { get; set; } = TimeSpan.FromHours(1);
}

internal sealed class CsvOptions
{
    /// <summary>A file for each instrument, named by its ticker: <c>AAPL.csv</c> or <c>BTC_USD.csv</c>.</summary>
    public string Folder { get; set; } = string.Empty;
}

namespace Trading.Domain.Market;

/// <summary>What kind of thing an instrument is, as far as it decides who can give its prices.</summary>
public enum AssetClass
{
    /// <summary>Shares, funds and indices: whatever an exchange with sessions quotes.</summary>
    Equity,

    /// <summary>One currency in units of another.</summary>
    Currency,

    /// <summary>Coins, which trade around the clock.</summary>
    Crypto,
}

/// <summary>Tells the class of an instrument.</summary>
public static class AssetClasses
{
    /// <summary>Every class.</summary>
    public static IReadOnlyList<AssetClass> All { get; } = Enum.GetValues<AssetClass>();

    /// <summary>
    /// Crypto where the exchange is <c>CRYPTO</c>, currency where the ticker is a <see cref="CurrencyPair"/>, else
    /// equity.
    /// </summary>
    /// <param name="instrument">The instrument.</param>
    public static AssetClass ClassOf(this Instrument instrument)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        return instrument switch
        {
            { Exchange: "CRYPTO" } => AssetClass.Crypto,
            _ when CurrencyPair.TryParse(instrument.Ticker, out _) => AssetClass.Currency,
            _ => AssetClass.Equity,
        };
    }
}

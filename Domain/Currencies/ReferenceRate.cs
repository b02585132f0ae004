namespace Trading.Domain.Currencies;

/// <summary>How much of a currency one euro was worth on a day.</summary>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Date">The day on which the rate was published.</param>
/// <param name="Rate">Units of the currency for one euro; positive.</param>
public readonly record struct ReferenceRate(string Currency, DateOnly Date, decimal Rate)
{
    /// <summary>The currency that all rates are against.</summary>
    public const string Base = "EUR";
}

using Trading.Domain.Currencies;

namespace Trading.ApiService.Currencies;

/// <summary>The section <c>Currencies</c>.</summary>
internal sealed class CurrencyOptions
{
    public const string Section = "Currencies";

    /// <summary>How many calendar days a rate may be older than the date that it is used for.</summary>
    public int MaxCarriedDays { get; set; } = ReferenceRates.UsualMaxDays;
}

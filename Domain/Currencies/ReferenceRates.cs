namespace Trading.Domain.Currencies;

/// <summary>
/// Rates against the euro by day. A day without one (a weekend, a holiday, a currency that was not quoted) has that of
/// the last day before it, as long as that is not too old. Immutable and thread-safe.
/// </summary>
public sealed class ReferenceRates
{
    /// <summary>How many calendar days a rate is carried unless told otherwise: over Easter it takes four.</summary>
    public const int UsualMaxDays = 7;

    private readonly Dictionary<string, ReferenceRate[]> _byCurrency;

    /// <summary>Takes rates in any order; one of a currency and day.</summary>
    /// <param name="rates">The rates; positive.</param>
    /// <param name="maxDays">How many calendar days a rate may be older than the date that it is used for.</param>
    public ReferenceRates(IEnumerable<ReferenceRate> rates, int maxDays = UsualMaxDays)
    {
        MaxDays = maxDays;
        _byCurrency = rates.GroupBy(rate => rate.Currency, StringComparer.Ordinal).ToDictionary(
            group => group.Key, group => group.OrderBy(rate => rate.Date).ToArray(), StringComparer.Ordinal);
    }

    /// <summary>How many calendar days a rate may be older than the date that it is used for.</summary>
    public int MaxDays { get; }

    /// <summary>Whether there is a rate of a currency at all.</summary>
    /// <param name="currency">ISO 4217 code.</param>
    public bool Knows(string currency) => currency == ReferenceRate.Base || _byCurrency.ContainsKey(currency);

    /// <summary>The rate that holds on a date.</summary>
    /// <param name="currency">ISO 4217 code; of the euro it is always 1.</param>
    /// <param name="date">The date.</param>
    /// <exception cref="RateUnavailableException">There is none, or it is too old.</exception>
    public CarriedRate On(string currency, DateOnly date)
    {
        if (currency == ReferenceRate.Base)
        {
            return new CarriedRate(new ReferenceRate(currency, date, 1), date);
        }

        var rates = _byCurrency.GetValueOrDefault(currency, []);
        var place = LastUntil(rates, date);
        return place >= 0 && date.DayNumber - rates[place].Date.DayNumber <= MaxDays
            ? new CarriedRate(rates[place], date)
            : throw new RateUnavailableException(currency, date, place >= 0 ? rates[place].Date : null);
    }

    /// <summary>Converts an amount by the rates of a date, by way of the euro.</summary>
    /// <param name="amount">The amount, in units of <paramref name="from"/>.</param>
    /// <param name="from">What it is in.</param>
    /// <param name="to">What it is to be in.</param>
    /// <param name="date">Whose rates are meant.</param>
    /// <exception cref="RateUnavailableException">One of the two has no rate.</exception>
    public ConvertedAmount Convert(decimal amount, CurrencyUnit from, CurrencyUnit to, DateOnly date)
    {
        // Pence to pounds needs no rate, whatever the day.
        if (from.Currency == to.Currency)
        {
            var same = new CarriedRate(new ReferenceRate(from.Currency, date, 1), date);
            return new ConvertedAmount(amount * from.Size / to.Size, from.Size / to.Size, same, same);
        }

        var (source, target) = (On(from.Currency, date), On(to.Currency, date));
        var rate = target.Rate.Rate / source.Rate.Rate * from.Size / to.Size;
        // Multiplied first: fewer digits are lost than by way of the rounded rate.
        var converted = amount * from.Size * target.Rate.Rate / source.Rate.Rate / to.Size;
        return new ConvertedAmount(converted, rate, source, target);
    }

    private static int LastUntil(ReferenceRate[] rates, DateOnly date)
    {
        var (low, high) = (0, rates.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = rates[middle].Date <= date ? (middle + 1, high) : (low, middle);
        }

        return low - 1;
    }
}

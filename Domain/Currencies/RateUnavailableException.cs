namespace Trading.Domain.Currencies;

/// <summary>There is no rate of a date that could be used.</summary>
/// <param name="currency">Of which currency.</param>
/// <param name="date">The date.</param>
/// <param name="newest">The newest day before it that has one; null where none has.</param>
public sealed class RateUnavailableException(string currency, DateOnly date, DateOnly? newest)
    : Exception(newest is { } day
        ? $"There is no rate of {currency} for {date:yyyy-MM-dd}: the last one before it is of {day:yyyy-MM-dd}, which is too old."
        : $"There is no rate of {currency} for {date:yyyy-MM-dd} or any day before it.")
{
    /// <summary>Of which currency.</summary>
    public string Currency => currency;

    /// <summary>The date.</summary>
    public DateOnly Date => date;

    /// <summary>The newest day before it that has a rate; null where none has.</summary>
    public DateOnly? Newest => newest;
}

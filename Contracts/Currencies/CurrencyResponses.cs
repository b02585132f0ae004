namespace Trading.Contracts;

/// <summary>A currency that amounts can be converted from and to.</summary>
/// <param name="Code">ISO 4217 code.</param>
/// <param name="Name">Its name.</param>
/// <param name="PerEuro">The newest rate: units for one euro.</param>
/// <param name="FirstDate">The first day with a rate; null for the euro.</param>
/// <param name="LastDate">The newest day with a rate; null for the euro.</param>
/// <param name="Source">The file or provider that told the newest; null for the euro.</param>
public sealed record CurrencyResponse(
    string Code, string Name, decimal PerEuro, DateOnly? FirstDate, DateOnly? LastDate, string? Source);

/// <summary>An amount in another currency.</summary>
/// <param name="Amount">What was to be converted.</param>
/// <param name="From">What it is in; <c>GBp</c> is a penny.</param>
/// <param name="To">What it was converted to.</param>
/// <param name="Date">The date whose rates were asked for.</param>
/// <param name="Converted">The amount in the other currency, to ten decimals.</param>
/// <param name="Rate">Units of <paramref name="To"/> for one of <paramref name="From"/>, to twelve decimals.</param>
/// <param name="RateDate">The day of the rates, the older of both.</param>
/// <param name="Carried">True where a rate of an earlier day stands for one that is missing.</param>
/// <param name="DaysCarried">How many days earlier.</param>
public sealed record ConversionResponse(
    decimal Amount,
    string From,
    string To,
    DateOnly Date,
    decimal Converted,
    decimal Rate,
    DateOnly RateDate,
    bool Carried,
    int DaysCarried);

/// <summary>The rates of a currency, by day.</summary>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Base">The currency that they are for one unit of: <c>EUR</c>.</param>
/// <param name="From">The first day that was asked for.</param>
/// <param name="To">The last, itself included.</param>
/// <param name="Rates">In order; days without a rate are not there.</param>
public sealed record CurrencyRatesResponse(
    string Currency, string Base, DateOnly From, DateOnly To, IReadOnlyList<DatedRateResponse> Rates);

/// <summary>The rate of a day.</summary>
/// <param name="Date">The day.</param>
/// <param name="Rate">Units of the currency for one euro.</param>
public sealed record DatedRateResponse(DateOnly Date, decimal Rate);

using System.Globalization;
using Json = Trading.Contracts.ContractsJsonContext;

namespace Trading.Contracts;

/// <content>Currencies and their rates.</content>
public sealed partial class TradingClient
{
    private const string CurrenciesPath = "api/v1/currencies";

    /// <summary>The currencies that have rates, and the euro.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IReadOnlyList<CurrencyResponse>> ListCurrenciesAsync(CancellationToken cancellationToken = default) =>
        GetAsync(new RequestPath(CurrenciesPath), Json.Default.IReadOnlyListCurrencyResponse, cancellationToken);

    /// <summary>Converts an amount by the reference rates of a date.</summary>
    /// <param name="amount">The amount.</param>
    /// <param name="from">What it is in: an ISO 4217 code, or <c>GBp</c> and the like.</param>
    /// <param name="to">What it is to be in.</param>
    /// <param name="date">Whose rates; null for today's.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TradingApiException"><see cref="ErrorCodes.NoRate"/> where none is near enough.</exception>
    public Task<ConversionResponse> ConvertAsync(
        decimal amount, string from, string to, DateOnly? date = null, CancellationToken cancellationToken = default) =>
        GetAsync(
            new RequestPath(CurrenciesPath).Under("convert")
                .With("amount", amount.ToString(CultureInfo.InvariantCulture))
                .With("from", from)
                .With("to", to)
                .With("date", date?.ToString("O", CultureInfo.InvariantCulture)),
            Json.Default.ConversionResponse,
            cancellationToken);

    /// <summary>The rates of a currency against the euro.</summary>
    /// <param name="code">ISO 4217 code.</param>
    /// <param name="from">The first day; null for 30 days before the last.</param>
    /// <param name="to">The last day, itself included; null for today.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<CurrencyRatesResponse> GetCurrencyRatesAsync(
        string code, DateOnly? from = null, DateOnly? to = null, CancellationToken cancellationToken = default) =>
        GetAsync(
            new RequestPath(CurrenciesPath).Under(code).Under("rates")
                .With("from", from?.ToString("O", CultureInfo.InvariantCulture))
                .With("to", to?.ToString("O", CultureInfo.InvariantCulture)),
            Json.Default.CurrencyRatesResponse,
            cancellationToken);
}

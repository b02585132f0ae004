using System.Globalization;
using Json = Trading.Contracts.ContractsJsonContext;

namespace Trading.Contracts;

/// <content>Exchanges and their calendars.</content>
public sealed partial class TradingClient
{
    /// <summary>The exchanges that are known, and whether they trade now.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IReadOnlyList<ExchangeResponse>> ListExchangesAsync(CancellationToken cancellationToken = default) =>
        GetAsync(new RequestPath("api/v1/exchanges"), Json.Default.IReadOnlyListExchangeResponse, cancellationToken);

    /// <summary>Whether an exchange trades now, and when that changes.</summary>
    /// <param name="code">The exchange's code, such as <c>XNYS</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TradingApiException"><see cref="ErrorCodes.UnknownExchange"/> where there is none.</exception>
    public Task<ExchangeStatusResponse> GetExchangeStatusAsync(
        string code, CancellationToken cancellationToken = default) => GetAsync(
        new RequestPath("api/v1/exchanges").Under(code).Under("status"),
        Json.Default.ExchangeStatusResponse,
        cancellationToken);

    /// <summary>The sessions and holidays of an exchange.</summary>
    /// <param name="code">The exchange's code, such as <c>XNYS</c>.</param>
    /// <param name="from">The first date; today on the exchange's clock where not given.</param>
    /// <param name="to">The last date, itself included; 30 days later where not given.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TradingApiException"><see cref="ErrorCodes.UnknownExchange"/> where there is none.</exception>
    public Task<ExchangeSessionsResponse> GetExchangeSessionsAsync(
        string code, DateOnly? from = null, DateOnly? to = null, CancellationToken cancellationToken = default) =>
        GetAsync(
            new RequestPath("api/v1/exchanges").Under(code).Under("sessions")
                .With("from", from?.ToString("O", CultureInfo.InvariantCulture))
                .With("to", to?.ToString("O", CultureInfo.InvariantCulture)),
            Json.Default.ExchangeSessionsResponse,
            cancellationToken);
}

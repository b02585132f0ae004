using System.Globalization;
using Json = Trading.Contracts.ContractsJsonContext;

namespace Trading.Contracts;

/// <content>Splits and dividends.</content>
public sealed partial class TradingClient
{
    /// <summary>The splits and dividends of an instrument.</summary>
    /// <param name="ticker">Its ticker.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<CorporateActionsResponse> ListCorporateActionsAsync(
        string ticker, CancellationToken cancellationToken = default) =>
        GetAsync(ActionsPath(ticker), Json.Default.CorporateActionsResponse, cancellationToken);

    /// <summary>How they came to be what they are, newest change first. Admins only.</summary>
    /// <param name="ticker">The instrument's ticker.</param>
    /// <param name="limit">The most changes, 1 to 500; null for 100.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IReadOnlyList<CorporateActionChangeResponse>> ListCorporateActionChangesAsync(
        string ticker, int? limit = null, CancellationToken cancellationToken = default) => GetAsync(
        ActionsPath(ticker).Under("changes").With("limit", limit),
        Json.Default.IReadOnlyListCorporateActionChangeResponse,
        cancellationToken);

    /// <summary>Sets a split or dividend by hand; no source changes it any more. Admins only.</summary>
    /// <param name="ticker">The instrument's ticker.</param>
    /// <param name="kind"><c>split</c> or <c>dividend</c>.</param>
    /// <param name="exDate">Its ex-date.</param>
    /// <param name="value">New shares for one old share, or cash for a share.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>All of the instrument's actions.</returns>
    public Task<CorporateActionsResponse> SetCorporateActionAsync(
        string ticker, string kind, DateOnly exDate, double value, CancellationToken cancellationToken = default) =>
        SendAsync(
            HttpMethod.Put,
            ActionPath(ticker, kind, exDate),
            Body(new CorporateActionRequest(value), Json.Default.CorporateActionRequest),
            Json.Default.CorporateActionsResponse,
            cancellationToken);

    /// <summary>Says that a split or dividend never happened. Admins only.</summary>
    /// <param name="ticker">The instrument's ticker.</param>
    /// <param name="kind"><c>split</c> or <c>dividend</c>.</param>
    /// <param name="exDate">Its ex-date.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TradingApiException"><see cref="ErrorCodes.UnknownAction"/> where there is none.</exception>
    public Task WithdrawCorporateActionAsync(
        string ticker, string kind, DateOnly exDate, CancellationToken cancellationToken = default) =>
        DoAsync(HttpMethod.Delete, ActionPath(ticker, kind, exDate), null, cancellationToken);

    /// <summary>Has the providers asked for all splits and dividends. Admins only.</summary>
    /// <param name="request">Of which instruments.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<ActionSyncResponse> SyncCorporateActionsAsync(
        ActionSyncRequest request, CancellationToken cancellationToken = default) => SendAsync(
        HttpMethod.Post,
        new RequestPath("api/v1/actions/sync"),
        Body(request, Json.Default.ActionSyncRequest),
        Json.Default.ActionSyncResponse,
        cancellationToken);

    private static RequestPath ActionsPath(string ticker) =>
        new RequestPath("api/v1/instruments").Under(ticker).Under("actions");

    private static RequestPath ActionPath(string ticker, string kind, DateOnly exDate) =>
        ActionsPath(ticker).Under(kind).Under(exDate.ToString("O", CultureInfo.InvariantCulture));
}

using System.Globalization;
using System.Net.Http.Headers;
using Json = Trading.Contracts.ContractsJsonContext;

namespace Trading.Contracts;

/// <content>Strategies: one's own, those that others share, and built-in ones.</content>
public sealed partial class TradingClient
{
    private const string StrategiesPath = "api/v1/strategies";

    /// <summary>One page of the strategies of a kind, newest first.</summary>
    /// <param name="kind"><c>own</c>, <c>shared</c> or <c>built_in</c>; null for all, in this order.</param>
    /// <param name="cursor">The cursor of the page before; null for the first.</param>
    /// <param name="limit">Strategies on a page, 1 to 200; null for 50.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Page<StrategySummaryResponse>> ListStrategiesAsync(
        string? kind = null, string? cursor = null, int? limit = null, CancellationToken cancellationToken = default) =>
        GetAsync(
            new RequestPath(StrategiesPath).With("kind", kind).With("cursor", cursor).With("limit", limit),
            Json.Default.PageStrategySummaryResponse,
            cancellationToken);

    /// <summary>One strategy with its newest text.</summary>
    /// <param name="id">Its id, or a built-in one's name.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<StrategyResponse> GetStrategyAsync(string id, CancellationToken cancellationToken = default) =>
        GetAsync(StrategyPath(id), Json.Default.StrategyResponse, cancellationToken);

    /// <summary>One page of a strategy's versions, newest first.</summary>
    /// <param name="id">Its id, or a built-in one's name.</param>
    /// <param name="cursor">The cursor of the page before; null for the first.</param>
    /// <param name="limit">Versions on a page, 1 to 200; null for 50.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Page<StrategyVersionResponse>> ListStrategyVersionsAsync(
        string id, string? cursor = null, int? limit = null, CancellationToken cancellationToken = default) => GetAsync(
        StrategyPath(id).Under("versions").With("cursor", cursor).With("limit", limit),
        Json.Default.PageStrategyVersionResponse,
        cancellationToken);

    /// <summary>One version of a strategy.</summary>
    /// <param name="id">Its id, or a built-in one's name.</param>
    /// <param name="version">The version's number, from 1.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<StrategyVersionResponse> GetStrategyVersionAsync(
        string id, int version, CancellationToken cancellationToken = default) => GetAsync(
        StrategyPath(id).Under("versions").Under(version.ToString(CultureInfo.InvariantCulture)),
        Json.Default.StrategyVersionResponse,
        cancellationToken);

    /// <summary>A new strategy, private at first.</summary>
    /// <param name="request">Its name and text.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TradingApiException">
    /// <see cref="ErrorCodes.ValidationFailed"/> where the text has errors, <see cref="ErrorCodes.TooMany"/>.
    /// </exception>
    public Task<StrategyResponse> CreateStrategyAsync(
        StrategyRequest request, CancellationToken cancellationToken = default) => SendAsync(
        HttpMethod.Post,
        new RequestPath(StrategiesPath),
        Body(request, Json.Default.StrategyRequest),
        Json.Default.StrategyResponse,
        cancellationToken);

    /// <summary>Changes a strategy; another text becomes another version.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="request">Its name and text from now on.</param>
    /// <param name="revision">The revision that was read.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TradingApiException">
    /// <see cref="ErrorCodes.ChangedMeanwhile"/> where the revision is not the newest any more.
    /// </exception>
    public Task<StrategyResponse> ChangeStrategyAsync(
        string id, StrategyRequest request, int revision, CancellationToken cancellationToken = default) => SendAsync(
        HttpMethod.Put,
        StrategyPath(id),
        Body(request, Json.Default.StrategyRequest),
        Json.Default.StrategyResponse,
        cancellationToken,
        new EntityTagHeaderValue($"\"{revision.ToString(CultureInfo.InvariantCulture)}\""));

    /// <summary>Removes a strategy with its versions.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task DeleteStrategyAsync(string id, CancellationToken cancellationToken = default) =>
        DoAsync(HttpMethod.Delete, StrategyPath(id), null, cancellationToken);

    /// <summary>Shares a strategy with every signed-in user, or no more.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="visibility"><c>private</c> or <c>shared</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<StrategyResponse> SetStrategyVisibilityAsync(
        string id, string visibility, CancellationToken cancellationToken = default) => SendAsync(
        HttpMethod.Put,
        StrategyPath(id).Under("visibility"),
        Body(new StrategyVisibilityRequest(visibility), Json.Default.StrategyVisibilityRequest),
        Json.Default.StrategyResponse,
        cancellationToken);

    /// <summary>Says what is wrong with a text, and what it would compute.</summary>
    /// <param name="source">The text.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<StrategyCheckResponse> CheckStrategyAsync(
        string source, CancellationToken cancellationToken = default) => SendAsync(
        HttpMethod.Post,
        new RequestPath(StrategiesPath).Under("check"),
        Body(new StrategyCheckRequest(source), Json.Default.StrategyCheckRequest),
        Json.Default.StrategyCheckResponse,
        cancellationToken);

    /// <summary>The words of the strategy language.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<StrategyLanguageResponse> GetStrategyLanguageAsync(CancellationToken cancellationToken = default) =>
        GetAsync(
            new RequestPath(StrategiesPath).Under("language"),
            Json.Default.StrategyLanguageResponse,
            cancellationToken);

    private static RequestPath StrategyPath(string id) => new RequestPath(StrategiesPath).Under(id);
}

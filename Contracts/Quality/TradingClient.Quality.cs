using Json = Trading.Contracts.ContractsJsonContext;

namespace Trading.Contracts;

/// <content>How far the data can be trusted, and bars of many instruments.</content>
public sealed partial class TradingClient
{
    /// <summary>The most tickers that <see cref="GetBarBatchAsync"/> may name.</summary>
    public const int MaxBarTickers = 100;

    /// <summary>One page of the bars of several instruments.</summary>
    /// <param name="tickers">1 to <see cref="MaxBarTickers"/> tickers.</param>
    /// <param name="query">Which bars of each; its limit is that of the page, all instruments together.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TradingApiException"><see cref="ErrorCodes.UnknownTicker"/> where one is not known.</exception>
    public Task<BarBatchResponse> GetBarBatchAsync(
        IEnumerable<string> tickers, BarQuery query, CancellationToken cancellationToken = default)
    {
        var path = new RequestPath("api/v1/bars").With("tickers", string.Join(',', tickers));
        return GetAsync(With(path, query), Json.Default.BarBatchResponse, cancellationToken);
    }

    /// <summary>Which listed instruments have fresh data.</summary>
    /// <param name="country">ISO 3166-1 alpha-2 code; null for all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<ValidationResponse> ValidateInstrumentsAsync(
        string? country = null, CancellationToken cancellationToken = default) => GetAsync(
        new RequestPath("api/v1/instruments/validate").With("country", country),
        Json.Default.ValidationResponse,
        cancellationToken);

    /// <summary>What an instrument's daily bars are worth: gaps, outliers, staleness and sources.</summary>
    /// <param name="ticker">Its ticker.</param>
    /// <param name="from">The first session looked at, such as <c>2018-02-07</c>; null from the first bar.</param>
    /// <param name="to">The last session looked at; null to the last bar.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<QualityResponse> GetQualityAsync(
        string ticker, DateOnly? from = null, DateOnly? to = null, CancellationToken cancellationToken = default) =>
        GetAsync(
            new RequestPath("api/v1/instruments").Under(ticker).Under("quality")
                .With("from", from?.ToString("yyyy-MM-dd", null))
                .With("to", to?.ToString("yyyy-MM-dd", null)),
            Json.Default.QualityResponse,
            cancellationToken);
}

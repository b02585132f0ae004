using Json = Trading.Contracts.ContractsJsonContext;

namespace Trading.Contracts;

/// <content>Backtests of the caller.</content>
public sealed partial class TradingClient
{
    private const string BacktestsPath = "api/v1/backtests";

    /// <summary>
    /// Starts a backtest. A small one is done in the answer; a long one is <c>queued</c>, and
    /// <see cref="GetBacktestAsync"/> tells how far it is.
    /// </summary>
    /// <param name="request">What to run.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TradingApiException">
    /// <see cref="ErrorCodes.ValidationFailed"/>, <see cref="ErrorCodes.TooLarge"/>, <see cref="ErrorCodes.TooMany"/>,
    /// <see cref="ErrorCodes.RateLimited"/>.
    /// </exception>
    public Task<BacktestResponse> StartBacktestAsync(
        BacktestRequest request, CancellationToken cancellationToken = default) => SendAsync(
        HttpMethod.Post,
        new RequestPath(BacktestsPath),
        Body(request, Json.Default.BacktestRequest),
        Json.Default.BacktestResponse,
        cancellationToken);

    /// <summary>Runs a strategy over the last days of one instrument, at once.</summary>
    /// <param name="symbol">The instrument, such as <c>BTC/USDT</c>.</param>
    /// <param name="days">How many days back, 1 to 3,650; null for 365.</param>
    /// <param name="strategy">A built-in strategy's name; null for <c>ma_cross</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<BacktestResponse> RunBacktestAsync(
        string symbol, int? days = null, string? strategy = null, CancellationToken cancellationToken = default) =>
        SendAsync(
            HttpMethod.Post,
            new RequestPath("api/v1/backtest/run").With("symbol", symbol).With("days", days).With("strategy", strategy),
            null,
            Json.Default.BacktestResponse,
            cancellationToken);

    /// <summary>One page of the caller's backtests, newest first.</summary>
    /// <param name="cursor">The cursor of the page before; null for the first.</param>
    /// <param name="limit">Backtests on a page, 1 to 200; null for 50.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Page<BacktestSummaryResponse>> ListBacktestsAsync(
        string? cursor = null, int? limit = null, CancellationToken cancellationToken = default) => GetAsync(
        new RequestPath(BacktestsPath).With("cursor", cursor).With("limit", limit),
        Json.Default.PageBacktestSummaryResponse,
        cancellationToken);

    /// <summary>One backtest, with its result once it has succeeded.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<BacktestResponse> GetBacktestAsync(Guid id, CancellationToken cancellationToken = default) =>
        GetAsync(Backtest(id), Json.Default.BacktestResponse, cancellationToken);

    /// <summary>What the account of a backtest was worth at every bar.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<EquityResponse> GetBacktestEquityAsync(Guid id, CancellationToken cancellationToken = default) =>
        GetAsync(Backtest(id).Under("equity"), Json.Default.EquityResponse, cancellationToken);

    /// <summary>One page of a backtest's trades, by their exit.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cursor">The cursor of the page before; null for the first.</param>
    /// <param name="limit">Trades on a page, 1 to 5,000; null for 500.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Page<TradeResponse>> ListBacktestTradesAsync(
        Guid id, string? cursor = null, int? limit = null, CancellationToken cancellationToken = default) => GetAsync(
        Backtest(id).Under("trades").With("cursor", cursor).With("limit", limit),
        Json.Default.PageTradeResponse,
        cancellationToken);

    /// <summary>Several backtests with their results, in the order asked for.</summary>
    /// <param name="ids">2 to 10 ids.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IReadOnlyList<BacktestResponse>> CompareBacktestsAsync(
        IEnumerable<Guid> ids, CancellationToken cancellationToken = default) => GetAsync(
        new RequestPath(BacktestsPath).Under("compare").With("ids", string.Join(',', ids)),
        Json.Default.IReadOnlyListBacktestResponse,
        cancellationToken);

    /// <summary>A result as a file; the caller disposes it.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="format"><c>json</c> or <c>csv</c>.</param>
    /// <param name="part">What a CSV has: <c>trades</c>, <c>equity</c> or <c>trials</c>; null for trades.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Stream> ExportBacktestAsync(
        Guid id, string format, string? part = null, CancellationToken cancellationToken = default) =>
        ReadFileAsync(Backtest(id).Under("export").With("format", format).With("part", part), cancellationToken);

    /// <summary>What every figure of a backtest means.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IReadOnlyList<MetricDefinitionResponse>> ListMetricDefinitionsAsync(
        CancellationToken cancellationToken = default) => GetAsync(
        new RequestPath(BacktestsPath).Under("definitions"),
        Json.Default.IReadOnlyListMetricDefinitionResponse,
        cancellationToken);

    /// <summary>Ends a backtest that waits or runs.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TradingApiException"><see cref="ErrorCodes.NotRunning"/> where it is over.</exception>
    public Task CancelBacktestAsync(Guid id, CancellationToken cancellationToken = default) =>
        DoAsync(HttpMethod.Post, Backtest(id).Under("cancel"), null, cancellationToken);

    /// <summary>Removes a backtest; one that runs ends.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task DeleteBacktestAsync(Guid id, CancellationToken cancellationToken = default) =>
        DoAsync(HttpMethod.Delete, Backtest(id), null, cancellationToken);

    private static RequestPath Backtest(Guid id) => new RequestPath(BacktestsPath).Under(id.ToString());
}

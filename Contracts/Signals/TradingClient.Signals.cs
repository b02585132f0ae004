using System.Globalization;

namespace Trading.Contracts;

public sealed partial class TradingClient
{
    private const string Signals = "api/v1/signals";

    /// <summary>Every active signal, by ticker.</summary>
    /// <param name="interval">Such as <c>1d</c>; null for all.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IReadOnlyList<SignalResponse>> GetLatestSignalsAsync(
        string? interval = null, CancellationToken cancellationToken = default) => GetAsync(
        new RequestPath($"{Signals}/latest").With("interval", interval),
        ContractsJsonContext.Default.IReadOnlyListSignalResponse,
        cancellationToken);

    /// <summary>One page of signals, newest first.</summary>
    /// <param name="search">Which.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Page<SignalResponse>> SearchSignalsAsync(
        SignalSearch search, CancellationToken cancellationToken = default) => GetAsync(
        Matching(new RequestPath(Signals), search).With("cursor", search.Cursor).With("limit", search.Limit),
        ContractsJsonContext.Default.PageSignalResponse,
        cancellationToken);

    /// <summary>Every signal that the search finds as CSV, newest first; the caller disposes it.</summary>
    /// <param name="search">Which signals; its cursor and limit have no meaning here.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Stream> ExportSignalsAsync(SignalSearch search, CancellationToken cancellationToken = default) =>
        ReadFileAsync(Matching(new RequestPath(Signals).Under("export"), search), cancellationToken);

    /// <summary>Every signal that the search finds, newest first, read page by page.</summary>
    /// <param name="search">Which; its limit is the size of one page.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public IAsyncEnumerable<SignalResponse> ListSignalsAsync(
        SignalSearch search, CancellationToken cancellationToken = default) => EnumerateAsync(
        (cursor, token) => SearchSignalsAsync(search with { Cursor = cursor }, token), search.Cursor, cancellationToken);

    /// <summary>A signal with its history.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<SignalDetailResponse> GetSignalAsync(Guid id, CancellationToken cancellationToken = default) => GetAsync(
        new RequestPath(Signals).Under(id.ToString()),
        ContractsJsonContext.Default.SignalDetailResponse,
        cancellationToken);

    /// <summary>Follows bars that have closed at once. Traders and analysts; 5 times in 5 minutes.</summary>
    /// <param name="request">Which.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<SignalRefreshResponse> RefreshSignalsAsync(
        SignalRefreshRequest request, CancellationToken cancellationToken = default) => SendAsync(
        HttpMethod.Post,
        new RequestPath($"{Signals}/refresh"),
        Body(request, ContractsJsonContext.Default.SignalRefreshRequest),
        ContractsJsonContext.Default.SignalRefreshResponse,
        cancellationToken);

    /// <summary>What became of the signals that have ended.</summary>
    /// <param name="interval">Such as <c>1d</c>, which it is if null.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<SignalShowcaseResponse> GetSignalShowcaseAsync(
        string? interval = null, CancellationToken cancellationToken = default) => GetAsync(
        new RequestPath($"{Signals}/performance-showcase").With("interval", interval),
        ContractsJsonContext.Default.SignalShowcaseResponse,
        cancellationToken);

    /// <summary>How confidences come about, and how right they were.</summary>
    /// <param name="interval">Such as <c>1d</c>, which it is if null.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<SignalCalibrationResponse> GetSignalCalibrationAsync(
        string? interval = null, CancellationToken cancellationToken = default) => GetAsync(
        new RequestPath($"{Signals}/calibration").With("interval", interval),
        ContractsJsonContext.Default.SignalCalibrationResponse,
        cancellationToken);

    /// <summary>One page of anomalies, newest first.</summary>
    /// <param name="search">Which.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Page<AnomalyResponse>> SearchAnomaliesAsync(
        AnomalySearch search, CancellationToken cancellationToken = default)
    {
        var path = new RequestPath($"{Signals}/anomalies")
            .With("ticker", search.Ticker)
            .With("interval", search.Interval)
            .With("kind", search.Kind)
            .With("from", search.From)
            .With("to", search.To)
            .With("cursor", search.Cursor)
            .With("limit", search.Limit);
        return GetAsync(path, ContractsJsonContext.Default.PageAnomalyResponse, cancellationToken);
    }

    private static RequestPath Matching(RequestPath path, SignalSearch search) => path
        .With("ticker", search.Ticker)
        .With("interval", search.Interval)
        .With("direction", search.Direction)
        .With("state", search.State)
        .With("regime", search.Regime)
        .With("min_confidence", search.MinConfidence?.ToString(CultureInfo.InvariantCulture))
        .With("from", search.From)
        .With("to", search.To);
}

using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Trading.Contracts;

/// <summary>
/// The API, typed. Retries and time-outs are the <see cref="HttpClient"/>'s: give it a resilience handler. Every
/// method throws
/// <see cref="TradingApiException"/> where the request does not succeed, also where the API cannot be reached.
/// </summary>
/// <param name="http">Its base address is the API's, such as <c>http://localhost:5081</c>. Not disposed here.</param>
/// <param name="caller">On whose behalf it asks; null for nobody's.</param>
public sealed partial class TradingClient(HttpClient http, TradingCaller? caller = null)
{
    /// <summary>The most tickers that <see cref="GetQuotesAsync"/> may name.</summary>
    public const int MaxQuoteTickers = 500;

    /// <summary>One page of the instruments, by ticker.</summary>
    /// <param name="query">What to list.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Page<InstrumentResponse>> SearchInstrumentsAsync(
        InstrumentQuery query, CancellationToken cancellationToken = default)
    {
        var path = new RequestPath("api/v1/instruments")
            .With("search", query.Search)
            .With("country", query.Country)
            .With("sector", query.Sector)
            .With("cursor", query.Cursor)
            .With("limit", query.Limit);
        return GetAsync(path, ContractsJsonContext.Default.PageInstrumentResponse, cancellationToken);
    }

    /// <summary>Every instrument that the query finds, by ticker, read page by page.</summary>
    /// <param name="query">What to list; its limit is the size of one page.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public IAsyncEnumerable<InstrumentResponse> ListInstrumentsAsync(
        InstrumentQuery query, CancellationToken cancellationToken = default) =>
        EnumerateAsync(
            (cursor, token) => SearchInstrumentsAsync(query with { Cursor = cursor }, token),
            query.Cursor,
            cancellationToken);

    /// <summary>One instrument.</summary>
    /// <param name="ticker">Its ticker.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TradingApiException"><see cref="ErrorCodes.UnknownTicker"/> where there is none.</exception>
    public Task<InstrumentResponse> GetInstrumentAsync(string ticker, CancellationToken cancellationToken = default) =>
        GetAsync(
            new RequestPath("api/v1/instruments").Under(ticker),
            ContractsJsonContext.Default.InstrumentResponse,
            cancellationToken);

    /// <summary>How instruments did in their newest session: change, and means of the last 20. One page.</summary>
    /// <param name="search">Which, and in what order.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Page<PerformanceResponse>> ListPerformanceAsync(
        PerformanceSearch search, CancellationToken cancellationToken = default) => GetAsync(
        new RequestPath("api/v1/instruments/performance")
            .With("country", search.Country)
            .With("sector", search.Sector)
            .With("order", search.Order)
            .With("cursor", search.Cursor)
            .With("limit", search.Limit),
        ContractsJsonContext.Default.PagePerformanceResponse,
        cancellationToken);

    /// <summary>The latest quote of an instrument.</summary>
    /// <param name="ticker">Its ticker.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TradingApiException"><see cref="ErrorCodes.NoQuote"/> where there is none yet.</exception>
    public Task<QuoteResponse> GetQuoteAsync(string ticker, CancellationToken cancellationToken = default) =>
        GetAsync(
            new RequestPath("api/v1/quotes").Under(ticker),
            ContractsJsonContext.Default.QuoteResponse,
            cancellationToken);

    /// <summary>The latest quotes of several instruments at once.</summary>
    /// <param name="tickers">1 to <see cref="MaxQuoteTickers"/> tickers.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<QuoteBatchResponse> GetQuotesAsync(
        IEnumerable<string> tickers, CancellationToken cancellationToken = default) =>
        GetAsync(
            new RequestPath("api/v1/quotes").With("tickers", string.Join(',', tickers)),
            ContractsJsonContext.Default.QuoteBatchResponse,
            cancellationToken);

    /// <summary>One page of an instrument's bars, oldest first.</summary>
    /// <param name="ticker">Its ticker.</param>
    /// <param name="query">Which bars.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Page<BarResponse>> GetBarsPageAsync(
        string ticker, BarQuery query, CancellationToken cancellationToken = default)
    {
        var path = With(new RequestPath("api/v1/bars").Under(ticker), query);
        return GetAsync(path, ContractsJsonContext.Default.PageBarResponse, cancellationToken);
    }

    /// <summary>Every bar that the query finds, oldest first, read page by page as they are taken.</summary>
    /// <param name="ticker">The instrument's ticker.</param>
    /// <param name="query">Which bars; its limit is the size of one page.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public IAsyncEnumerable<BarResponse> GetBarsAsync(
        string ticker, BarQuery query, CancellationToken cancellationToken = default) =>
        EnumerateAsync(
            (cursor, token) => GetBarsPageAsync(ticker, query with { Cursor = cursor }, token),
            query.Cursor,
            cancellationToken);

    /// <summary>One page of the audit trail, newest first. Admins only.</summary>
    /// <param name="search">Which events.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Page<AuditEventResponse>> SearchAuditAsync(
        AuditSearch search, CancellationToken cancellationToken = default) => GetAsync(
        AuditPath("api/v1/audit", search).With("cursor", search.Cursor).With("limit", search.Limit),
        ContractsJsonContext.Default.PageAuditEventResponse,
        cancellationToken);

    /// <summary>Every event that the search finds as CSV, newest first; the caller disposes it. Admins only.</summary>
    /// <param name="search">Which events; its cursor and limit have no meaning here.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<Stream> ExportAuditAsync(AuditSearch search, CancellationToken cancellationToken = default) =>
        ReadFileAsync(AuditPath("api/v1/audit/export", search), cancellationToken);

    /// <summary>Reads the whole audit trail and computes its hashes anew. Admins only.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<AuditVerdictResponse> VerifyAuditAsync(CancellationToken cancellationToken = default) => GetAsync(
        new RequestPath("api/v1/audit/verify"), ContractsJsonContext.Default.AuditVerdictResponse, cancellationToken);

    private static RequestPath With(RequestPath path, BarQuery query) => path
        .With("interval", query.Interval)
        .With("from", query.From)
        .With("to", query.To)
        .With("adjust", query.Adjust)
        .With("cursor", query.Cursor)
        .With("limit", query.Limit);

    private static RequestPath AuditPath(string path, AuditSearch search) => new RequestPath(path)
        .With("action", search.Action)
        .With("outcome", search.Outcome)
        .With("actor", search.Actor)
        .With("address", search.Address)
        .With("trace_id", search.TraceId)
        .With("from", search.From)
        .With("to", search.To);

    private static async IAsyncEnumerable<T> EnumerateAsync<T>(
        Func<string?, CancellationToken, Task<Page<T>>> read,
        string? cursor,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        do
        {
            var page = await read(cursor, cancellationToken).ConfigureAwait(false);
            foreach (var item in page.Items)
            {
                yield return item;
            }

            cursor = page.NextCursor;
        }
        while (cursor is not null);
    }

    /// <summary>The same API on behalf of someone.</summary>
    /// <param name="someone">Who.</param>
    public TradingClient As(TradingCaller someone) => new(http, someone);

    private Task<T> GetAsync<T>(RequestPath path, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, null, type, cancellationToken);

    private async Task<TAnswer> SendAsync<TAnswer>(
        HttpMethod method,
        RequestPath path,
        HttpContent? body,
        JsonTypeInfo<TAnswer> type,
        CancellationToken cancellationToken,
        EntityTagHeaderValue? ifMatch = null)
    {
        try
        {
            using var response = await SendAsync(method, path, body, ifMatch, cancellationToken).ConfigureAwait(false);
            return await response.Content.ReadFromJsonAsync(type, cancellationToken).ConfigureAwait(false)
                ?? throw new JsonException("The answer is empty.");
        }
        catch (Exception exception) when (!IsCallers(exception, cancellationToken))
        {
            throw ApiFailure.From(exception);
        }
    }

    /// <summary>An answer as it comes in; closing the stream ends it.</summary>
    private async Task<Stream> ReadFileAsync(RequestPath path, CancellationToken cancellationToken)
    {
        try
        {
            var response = await SendAsync(HttpMethod.Get, path, null, null, cancellationToken).ConfigureAwait(false);
            return await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!IsCallers(exception, cancellationToken))
        {
            throw ApiFailure.From(exception);
        }
    }

    /// <summary>Sends what is answered without a body.</summary>
    private async Task DoAsync(
        HttpMethod method, RequestPath path, HttpContent? body, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await SendAsync(method, path, body, null, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!IsCallers(exception, cancellationToken))
        {
            throw ApiFailure.From(exception);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        RequestPath path,
        HttpContent? body,
        EntityTagHeaderValue? ifMatch,
        CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path.ToUri()) { Content = body };
        if (ifMatch is not null)
        {
            request.Headers.IfMatch.Add(ifMatch);
        }

        if (caller is not null)
        {
            await caller.ApplyAsync(request, cancellationToken).ConfigureAwait(false);
        }

        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
            .ConfigureAwait(false);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw await ApiFailure.ReadAsync(response, cancellationToken).ConfigureAwait(false);
        }
    }

    private static JsonContent Body<T>(T body, JsonTypeInfo<T> type) => JsonContent.Create(body, type);

    private static bool IsCallers(Exception exception, CancellationToken cancellationToken) =>
        exception is TradingApiException
        || (exception is OperationCanceledException && cancellationToken.IsCancellationRequested);
}

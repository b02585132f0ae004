using Trading.Contracts;

namespace Trading.Web.Instruments;

/// <summary>
/// Every instrument, in memory and at most a minute old, so that a type-ahead answers each key at once. The last list
/// known is used while the API is away.
/// </summary>
public sealed class InstrumentDirectory(IServiceProvider services, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(1);

    /// <summary>A market that is being generated or imported is looked for again soon.</summary>
    private static readonly TimeSpan MaxAgeOfNone = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _loading = new(1);
    private Listing? _listing;

    public async Task<IReadOnlyList<InstrumentResponse>> AllAsync(CancellationToken cancellationToken) =>
        (await ListAsync(cancellationToken)).All;

    public async Task<InstrumentResponse?> FindAsync(string ticker, CancellationToken cancellationToken) =>
        (await ListAsync(cancellationToken)).ByTicker.GetValueOrDefault(ticker);

    /// <summary>How they did in their newest sessions, by ticker; those without bars are missing.</summary>
    public async Task<IReadOnlyDictionary<string, PerformanceResponse>> PerformanceAsync(
        CancellationToken cancellationToken) => (await ListAsync(cancellationToken)).Performance;

    /// <summary>
    /// The best matches: the ticker itself, tickers that begin so, names with a word that does, then any that contain
    /// it.
    /// </summary>
    public async Task<IReadOnlyList<InstrumentResponse>> SearchAsync(
        string text, int limit, CancellationToken cancellationToken)
    {
        var listing = await ListAsync(cancellationToken);
        return
        [
            .. listing.All
                .Select(instrument => (instrument, rank: SearchRank.Of(instrument, text)))
                .Where(match => match.rank is not null)
                .OrderBy(match => match.rank)
                .ThenBy(match => match.instrument.Ticker, StringComparer.Ordinal)
                .Take(limit)
                .Select(match => match.instrument),
        ];
    }

    public void Dispose() => _loading.Dispose();

    private async Task<Listing> ListAsync(CancellationToken cancellationToken)
    {
        if (_listing is { } fresh && IsFresh(fresh))
        {
            return fresh;
        }

        await _loading.WaitAsync(cancellationToken);
        try
        {
            if (_listing is { } others && IsFresh(others))
            {
                return others;
            }

            return _listing = await ReadAsync(cancellationToken);
        }
        catch (TradingApiException) when (_listing is not null)
        {
            return _listing;
        }
        finally
        {
            _loading.Release();
        }
    }

    private bool IsFresh(Listing listing) =>
        time.GetUtcNow() - listing.Read < (listing.All.Count > 0 ? MaxAge : MaxAgeOfNone);

    private async Task<Listing> ReadAsync(CancellationToken cancellationToken)
    {
        var client = services.GetRequiredService<TradingClient>();
        var all = new List<InstrumentResponse>();
        var query = new InstrumentQuery { Limit = 500 };
        await foreach (var instrument in client.ListInstrumentsAsync(query, cancellationToken))
        {
            all.Add(instrument);
        }

        var byTicker = all.ToDictionary(instrument => instrument.Ticker, StringComparer.OrdinalIgnoreCase);
        return new Listing(all, byTicker, await ReadPerformanceAsync(client, cancellationToken), time.GetUtcNow());
    }

    private static async Task<IReadOnlyDictionary<string, PerformanceResponse>> ReadPerformanceAsync(
        TradingClient client, CancellationToken cancellationToken)
    {
        var performance = new Dictionary<string, PerformanceResponse>(StringComparer.Ordinal);
        var search = new PerformanceSearch { Limit = 500 };
        try
        {
            do
            {
                var page = await client.ListPerformanceAsync(search, cancellationToken);
                foreach (var one in page.Items)
                {
                    performance[one.Ticker] = one;
                }

                search = search with { Cursor = page.NextCursor };
            }
            while (search.Cursor is not null);
        }
        catch (TradingApiException)
        {
            // The list is of use without it.
        }

        return performance;
    }

    private sealed record Listing(
        IReadOnlyList<InstrumentResponse> All,
        IReadOnlyDictionary<string, InstrumentResponse> ByTicker,
        IReadOnlyDictionary<string, PerformanceResponse> Performance,
        DateTimeOffset Read);
}

using System.Diagnostics;
using System.Text.Json;

namespace Trading.Benchmarks.Running;

/// <summary>Asks the API what there is to be measured.</summary>
internal sealed class ApiProbe(Uri api)
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _between = TimeSpan.FromMilliseconds(200);

    public Uri QuoteUrl(string ticker) => new(api, $"/api/v1/quotes/{ticker}");

    public Uri BatchUrl(IEnumerable<string> tickers) => new(api, $"/api/v1/quotes?tickers={string.Join(',', tickers)}");

    public async Task<byte[]> QuoteAsync(string ticker, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        return await http.GetByteArrayAsync(QuoteUrl(ticker), cancellationToken);
    }

    /// <summary>The tickers that are quoted, as soon as they are as many as asked for.</summary>
    public async Task<IReadOnlyList<string>> QuotedTickersAsync(int count, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        for (var startedAt = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(startedAt) < _patience;)
        {
            var listed = await ReadAsync(http, new Uri(api, "/api/v1/instruments?limit=500"), "items", cancellationToken);
            var quoted = listed.Length == 0
                ? []
                : await ReadAsync(http, BatchUrl(listed), "quotes", cancellationToken);
            if (quoted.Length >= count)
            {
                return quoted;
            }

            await Task.Delay(_between, cancellationToken);
        }

        throw new TimeoutException($"Fewer than {count} instruments are quoted after {_patience.TotalSeconds:0} s.");
    }

    private static async Task<string[]> ReadAsync(
        HttpClient http, Uri url, string list, CancellationToken cancellationToken)
    {
        await using var body = await http.GetStreamAsync(url, cancellationToken);
        using var document = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
        return [.. document.RootElement.GetProperty(list).EnumerateArray()
            .Select(item => item.GetProperty("ticker").GetString()!)];
    }
}

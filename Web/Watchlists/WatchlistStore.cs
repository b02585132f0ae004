using System.Text.Json;
using Microsoft.JSInterop;

namespace Trading.Web.Watchlists;

/// <summary>The user's lists, kept by the browser.</summary>
public sealed class WatchlistStore(IJSRuntime js)
{
    private const string Key = "watchlists";
    private const int MaxLists = 20;

    /// <summary>
    /// The lists of this browser; null on the first visit, and where what is stored cannot be read.
    /// </summary>
    public async Task<List<Watchlist>?> LoadAsync(CancellationToken cancellationToken)
    {
        var text = await js.InvokeAsync<string?>("trading.read", cancellationToken, Key);
        if (text is null)
        {
            return null;
        }

        try
        {
            return Clean(JsonSerializer.Deserialize<List<Watchlist>>(text));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public async Task SaveAsync(IReadOnlyList<Watchlist> lists, CancellationToken cancellationToken) =>
        await js.InvokeVoidAsync("trading.write", cancellationToken, Key, JsonSerializer.Serialize(lists));

    // What the browser holds may be edited by anyone who uses it: bound it before it becomes subscriptions.
    private static List<Watchlist>? Clean(List<Watchlist>? stored)
    {
        var lists = stored?.Where(list => list.Name.Length is > 0 and <= 40).Take(MaxLists).Select(list => new Watchlist
        {
            Name = list.Name,
            Tickers = [.. list.Tickers.Where(IsTicker).Distinct().Take(Watchlist.MaxTickers)],
        }).ToList();
        return lists is { Count: > 0 } ? lists : null;
    }

    private static bool IsTicker(string? text) => text?.Length is > 0 and <= 24;
}

using System.Text.Json;

namespace Trading.ApiService.Stream;

/// <summary>What a client asks for.</summary>
/// <param name="Action"><c>subscribe</c>, <c>unsubscribe</c>, <c>ping</c>, <c>resume</c> or <c>auth</c>.</param>
/// <param name="Ticker">One ticker.</param>
/// <param name="Tickers">Several tickers.</param>
/// <param name="Seq">With <c>resume</c>: the highest frame number seen.</param>
/// <param name="Token">With <c>auth</c>: an access token.</param>
/// <param name="Id">What the client calls the message; its answers carry it.</param>
internal sealed record ClientMessage(
    string? Action,
    string? Ticker,
    IReadOnlyList<string?>? Tickers,
    long? Seq,
    string? Token = null,
    JsonElement? Id = null)
{
    public IEnumerable<string?> AllTickers => Ticker is null ? Tickers ?? [] : [Ticker, .. Tickers ?? []];
}

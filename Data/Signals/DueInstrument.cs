using Trading.Domain.Market;

namespace Trading.Data.Signals;

/// <summary>An instrument with bars that were not followed yet, or with a signal that has lapsed without any.</summary>
/// <param name="Followed">The newest bar followed; null where none was.</param>
/// <param name="Newest">The newest bar that has closed; the one followed where none has since.</param>
internal sealed record DueInstrument(int Id, string Ticker, string Exchange, DateTime? Followed, DateTime Newest)
{
    public bool HasNewBars => Followed is not { } last || Newest > last;

    /// <summary>Whose sessions it has; those of the first where its own is unknown.</summary>
    public Exchange Listed =>
        Domain.Market.Exchange.TryFind(Exchange, out var exchange) ? exchange : Domain.Market.Exchange.All[0];
}

namespace Trading.Data.Signals;

/// <summary>An instrument with bars that were not followed yet.</summary>
/// <param name="Followed">The newest bar followed; null where none was.</param>
/// <param name="Newest">The newest bar that has closed.</param>
internal sealed record DueInstrument(int Id, string Ticker, string Exchange, DateTime? Followed, DateTime Newest);

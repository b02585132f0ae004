using System.Collections.Concurrent;
using Trading.Domain.Market;

namespace Trading.Data.Import;

/// <summary>Five hundred tickers share their sessions: each closing time is worked out once.</summary>
internal static class SessionCloses
{
    private static readonly ConcurrentDictionary<(string Exchange, DateOnly Session), DateTime> Known = new();

    public static DateTime Of(Exchange exchange, DateOnly session) =>
        Known.GetOrAdd((exchange.Code, session), static (key, at) => at.CloseOf(key.Session), exchange);

    // A market that never closes ends its session at midnight, which is the next date already.
    public static DateOnly SessionOf(Exchange exchange, DateTime close) => exchange.DateAt(close.AddTicks(-1));
}

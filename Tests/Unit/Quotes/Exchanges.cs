using Trading.Domain.Market;

namespace Trading.Tests.Unit.Quotes;

internal static class Exchanges
{
    public static Exchange Of(string code) => Exchange.All.Single(exchange => exchange.Code == code);
}

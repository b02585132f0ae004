using Trading.Domain.Market;
using Trading.Domain.Strategies;

namespace Trading.Tests.Unit.Signals;

/// <summary>Days of the invented market, as they are stored for a fresh install.</summary>
internal static class Days
{
    private static readonly DateOnly Last = new(2024, 12, 31);
    private static readonly SyntheticMarket Market = new(1, Last);

    public static PriceHistory Of(int company, int years = 4)
    {
        var bars = Market.Bars(SyntheticCompanies.All[company], Last.AddYears(-years));
        return PriceHistory.Of([.. bars]);
    }

    public static PriceHistory Prefix(this PriceHistory history, int count) => history.Slice(0, count);
}

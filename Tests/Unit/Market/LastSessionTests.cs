using Trading.Domain.Market;

namespace Trading.Tests.Unit.Market;

public sealed class LastSessionTests
{
    [Theory]
    [InlineData("2026-07-06T19:59:00Z", "2026-07-03")]
    [InlineData("2026-07-06T20:00:00Z", "2026-07-06")]
    [InlineData("2026-07-12T12:00:00Z", "2026-07-10")]
    public void A_session_counts_once_it_is_over(string now, string expected)
    {
        var session = SyntheticMarket.LastCompletedSession(
            Exchange.All[0], DateTimeOffset.Parse(now, null).UtcDateTime);

        Assert.Equal(DateOnly.Parse(expected, null), session);
    }
}

using Trading.Domain.Market;

namespace Trading.Tests.Unit.Market;

public sealed class ExchangeTests
{
    // Daylight saving: New York is UTC-5 in winter and UTC-4 in summer, Tokyo always UTC+9.
    [Theory]
    [InlineData("XNYS", "2013-02-08", "2013-02-08T21:00:00Z")]
    [InlineData("XNYS", "2013-07-08", "2013-07-08T20:00:00Z")]
    [InlineData("XLON", "2026-01-05", "2026-01-05T16:30:00Z")]
    [InlineData("XLON", "2026-07-06", "2026-07-06T15:30:00Z")]
    [InlineData("XETR", "2026-07-06", "2026-07-06T15:30:00Z")]
    [InlineData("XTKS", "2026-07-06", "2026-07-06T06:30:00Z")]
    [InlineData("XTSE", "2026-01-05", "2026-01-05T21:00:00Z")]
    [InlineData("CRYPTO", "2026-01-05", "2026-01-06T00:00:00Z")]
    public void A_session_closes_by_the_exchanges_own_clock(string code, string session, string expected)
    {
        Assert.True(Exchange.TryFind(code, out var exchange));

        var close = exchange.CloseOf(DateOnly.Parse(session, null));

        Assert.Equal(DateTimeOffset.Parse(expected, null).UtcDateTime, close);
        Assert.Equal(DateTimeKind.Utc, close.Kind);
    }

    [Fact]
    public void Today_is_the_exchanges()
    {
        var evening = new DateTime(2026, 7, 6, 22, 0, 0, DateTimeKind.Utc);

        Assert.True(Exchange.TryFind("XTKS", out var tokyo) && Exchange.TryFind("XNYS", out _));
        Assert.Equal(new DateOnly(2026, 7, 7), tokyo!.DateAt(evening));
        Assert.Equal(new DateOnly(2026, 7, 6), Exchange.All[0].DateAt(evening));
    }
}

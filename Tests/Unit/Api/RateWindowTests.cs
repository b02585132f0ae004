using System.Net;
using Trading.ApiService.Limits;

namespace Trading.Tests.Unit.Api;

public sealed class RateWindowTests
{
    [Fact]
    public void A_new_window_begins_at_one()
    {
        var window = new RateWindow();

        Assert.Equal([1, 2, 3, 3], [.. Enumerable.Range(0, 4).Select(_ => window.Count(1, limit: 2))]);
        Assert.Equal(1, window.Count(2, limit: 2));
    }

    [Fact]
    public async Task No_request_is_lost_among_threads()
    {
        var window = new RateWindow();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                window.Count(1, limit: int.MaxValue - 1);
            }
        })));

        Assert.Equal(40_001, window.Count(1, limit: int.MaxValue - 1));
    }

    [Theory]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    public void A_client_is_an_address_or_a_network_of_64_bits(string one, string other, bool same) =>
        Assert.Equal(same, ClientKey.Of(IPAddress.Parse(one)) == ClientKey.Of(IPAddress.Parse(other)));
}

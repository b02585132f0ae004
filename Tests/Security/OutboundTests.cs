using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Trading.ServiceDefaults.Outbound;
using Trading.Tests.Integration;

namespace Trading.Tests.Security;

/// <summary>What requests to users' addresses can reach. The connections are real; only names are invented.</summary>
public sealed class OutboundTests
{
    // Of 2000::/3, and of no one: what connects to it reaches nothing.
    private static readonly IPAddress _public = IPAddress.Parse("2000::1");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Hosts of IANA's special-purpose registries, and other ways to write them.</summary>
    public static TheoryData<string> Inside { get; } =
    [
        "127.0.0.1", "127.8.8.8", "localhost", "LOCALHOST.", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "127.1",
        "017700000001", "[::1]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[::]",
        "0.0.0.0", "0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.0.1",
        "[::ffff:10.0.0.1]", "100.64.0.1", "100.127.255.255", "100.100.100.200", "169.254.169.254", "0xa9fea9fe",
        "2852039166", "[::ffff:169.254.169.254]", "[fd00:ec2::254]", "168.63.129.16", "192.0.0.192", "192.0.2.1",
        "192.88.99.1", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255",
        "240.0.0.1", "255.255.255.255", "[fc00::1]", "[fdff:ffff::1]", "[fe80::1]", "[febf::1]", "[fec0::1]", "[ff02::1]",
        "[64:ff9b::7f00:1]", "[64:ff9b::a9fe:a9fe]", "[64:ff9b:1::1]", "[100::1]", "[2001::1]", "[2001:db8::1]",
        "[2002:7f00:1::1]", "[2002:a9fe:a9fe::1]", "[3fff::1]", "[5f00::1]",
    ];

    [Theory]
    [MemberData(nameof(Inside))]
    public async Task User_supplied_URLs_cannot_reach_loopback_link_local_private_or_rebinding_targets(string host)
    {
        var guard = Guard();
        var url = $"https://{host}:8443/hook";
        using var client = guard.CreateClient();

        Assert.NotNull(await guard.FaultOfAsync(url, Cancellation));
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(url, Cancellation));

        Assert.IsType<OutboundRefusedException>(refused.InnerException);
    }

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("11.0.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("192.167.255.255")]
    [InlineData("223.255.255.255")]
    [InlineData("[2606:4700:4700::1111]")]
    [InlineData("[2620:fe::fe]")]
    [InlineData("[::ffff:8.8.8.8]")]
    public async Task The_rest_of_the_internet_is_open(string host) =>
        Assert.Null(await Guard().FaultOfAsync($"https://{host}/hook", Cancellation));

    [Theory]
    [InlineData("http://example.com/")]
    [InlineData("ftp://example.com/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://example.com/")]
    [InlineData("https://user@example.com/")]
    [InlineData("https://user:word@example.com/")]
    [InlineData("https://example.com/#part")]
    [InlineData("https://example.com:22/")]
    [InlineData("https://example.com:80/")]
    [InlineData("https://example.com:1023/")]
    [InlineData("https://example.com:0/")]
    [InlineData("https://example.com/a b")]
    [InlineData("https://example.com/a\r\nX-Forged: 1")]
    [InlineData("https://example.com/\0")]
    [InlineData("https://")]
    [InlineData("//example.com/")]
    [InlineData("example.com")]
    [InlineData("")]
    [InlineData(null)]
    public void A_URL_is_https_with_a_host_a_web_port_and_no_user(string? url)
    {
        Assert.NotNull(Guard().FaultOf(url));
        Assert.Null(Guard().FaultOf("https://example.com:8443/hook?a=b"));
    }

    [Fact]
    public async Task A_name_with_one_address_inside_is_refused_whole()
    {
        Assert.NotNull(await Guard(_ => [_public, IPAddress.Parse("10.0.0.1")]).FaultOfAsync("https://a.test/", Cancellation));
        Assert.NotNull(await Guard(_ => []).FaultOfAsync("https://a.test/", Cancellation));
        Assert.NotNull(await Guard(_ => throw new SocketException()).FaultOfAsync("https://a.test/", Cancellation));
        Assert.Null(await Guard(_ => [_public]).FaultOfAsync("https://a.test/", Cancellation));
    }

    [Fact]
    public async Task A_name_that_turns_inside_after_the_check_reaches_nothing()
    {
        using var inside = Listen(IPAddress.Loopback, 0);
        var url = $"https://rebinding.test:{PortOf(inside)}/";
        var asked = 0;
        // Public for whoever checks, and inside for whoever asks again to connect.
        var guard = Guard(_ => [asked++ == 0 ? _public : IPAddress.Loopback]);
        using var client = guard.CreateClient();

        var unreachable = await Record.ExceptionAsync(() => client.GetAsync(url, Cancellation));

        Assert.Equal(1, asked);
        Assert.IsNotType<OutboundRefusedException>(unreachable?.InnerException);
        Assert.NotNull(unreachable);
        Assert.False(inside.Pending());
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(url, Cancellation));
        Assert.IsType<OutboundRefusedException>(refused.InnerException);
        Assert.False(inside.Pending());
    }

    [Fact]
    public async Task The_connection_goes_to_the_address_that_was_checked()
    {
        await using var @checked = await HookReceiver.StartAsync();
        using var other = Listen(IPAddress.Parse("127.0.0.2"), @checked.Url.Port);
        var asked = 0;
        var guard = Guard(
            _ => [asked++ == 0 ? IPAddress.Loopback : IPAddress.Parse("127.0.0.2")],
            new OutboundOptions { AllowLoopback = true, AllowHttp = true });
        using var client = guard.CreateClient();

        using var answer = await client.GetAsync($"http://rebinding.test:{@checked.Url.Port}/", Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(1, asked);
        Assert.False(other.Pending());
    }

    [Fact]
    public async Task Redirects_are_not_followed_and_answers_are_bounded()
    {
        await using var receiver = await HookReceiver.StartAsync();
        var guard = Guard(options: new OutboundOptions { AllowLoopback = true, AllowHttp = true });
        using var client = guard.CreateClient();
        receiver.Answer = (302, "");

        using var redirect = await client.GetAsync(receiver.Url, Cancellation);
        receiver.Answer = (200, new string('x', 65 * 1024));
        var tooLong = await Record.ExceptionAsync(() => client.GetAsync(receiver.Url, Cancellation));

        Assert.Equal(HttpStatusCode.Redirect, redirect.StatusCode);
        Assert.IsType<HttpRequestException>(tooLong);
        Assert.Equal(2, receiver.Received.Count);
    }

    [Fact]
    public async Task A_setting_that_allows_loopback_opens_nothing_else()
    {
        var guard = Guard(options: new OutboundOptions { AllowLoopback = true });

        Assert.Null(await guard.FaultOfAsync("https://127.0.0.1:8443/", Cancellation));
        Assert.NotNull(await guard.FaultOfAsync("https://10.0.0.1/", Cancellation));
        Assert.NotNull(await guard.FaultOfAsync("https://169.254.169.254/", Cancellation));
        Assert.NotNull(guard.FaultOf("http://127.0.0.1:8443/"));
    }

    private static OutboundGuard Guard(Func<string, IPAddress[]>? resolve = null, OutboundOptions? options = null) => new(
        Options.Create(options ?? new OutboundOptions()),
        resolve is null ? null : (host, _) => Task.FromResult(resolve(host)));

    private static TcpListener Listen(IPAddress address, int port)
    {
        var listener = new TcpListener(address, port);
        listener.Start();
        return listener;
    }

    private static int PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;
}

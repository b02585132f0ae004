using Trading.ApiService.Bars;
using Trading.Domain.Market;

namespace Trading.Tests.Unit.Api;

public sealed class BarRequestTests
{
    private static readonly Instrument _apple = new(1, "AAPL", "Apple", "US", null, "USD", "XNAS", false);
    private static readonly Instrument _coin = new(2, "BTC-USD", "Bitcoin", "ZZ", null, "USD", "CRYPTO", false);

    [Fact]
    public void Dates_are_sessions_of_the_exchange_both_included()
    {
        // New York is five hours behind UTC in winter, four in summer.
        var request = Read(_apple, from: "2018-02-07", to: "2018-07-02");

        Assert.Equal(new DateTime(2018, 2, 7, 5, 0, 0, DateTimeKind.Utc).AddMicroseconds(1), request.From);
        Assert.Equal(new DateTime(2018, 7, 3, 4, 0, 0, DateTimeKind.Utc), request.To);
    }

    [Fact]
    public void A_session_that_closes_at_midnight_belongs_to_the_day_before()
    {
        var request = Read(_coin, from: "2018-02-07", to: "2018-02-07");
        var close = new DateTime(2018, 2, 8, 0, 0, 0, DateTimeKind.Utc);

        Assert.InRange(close, request.From!.Value, request.To!.Value);
        Assert.False(close.AddDays(-1) >= request.From);
    }

    [Theory]
    [InlineData("2018-02-07T21:00:00Z")]
    [InlineData("2018-02-07T16:00:00-05:00")]
    [InlineData("2018-02-07T22:00:00 01:00")]
    [InlineData("2018-02-07T21:00")]
    public void Instants_are_taken_as_they_are(string text) =>
        Assert.Equal(new DateTime(2018, 2, 7, 21, 0, 0, DateTimeKind.Utc), Read(_apple, from: text).From);

    [Theory]
    [InlineData("interval", "2m", "unknown_interval")]
    [InlineData("interval", "1D", "unknown_interval")]
    [InlineData("from", "2018-02-30", "invalid_date")]
    [InlineData("from", "0001-01-01", "invalid_date")]
    [InlineData("to", "yesterday", "invalid_date")]
    [InlineData("to", "", "invalid_date")]
    [InlineData("limit", "0", "invalid_parameter")]
    [InlineData("limit", "10001", "invalid_parameter")]
    [InlineData("limit", "1,2", "invalid_parameter")]
    [InlineData("cursor", "AAAA", "invalid_cursor")]
    public void Bad_input_is_named(string parameter, string value, string code)
    {
        string? If(string name) => name == parameter ? value : null;
        var asked = new BarParameters(If("interval"), If("from"), If("to"), If("cursor"), If("limit"));

        var problem = BarRequest.Read(asked, _apple, out _);

        Assert.Equal((400, code), (problem?.Status, problem?.Code));
    }

    [Fact]
    public void A_range_that_ends_before_it_starts_is_refused()
    {
        var asked = new BarParameters(null, "2018-02-08", "2018-02-07", null, null);

        Assert.Equal("invalid_range", BarRequest.Read(asked, _apple, out _)?.Code);
    }

    [Fact]
    public void A_cursor_goes_on_after_the_last_bar_and_only_in_its_own_list()
    {
        var last = new Bar(new DateTime(2018, 2, 7, 21, 0, 0, DateTimeKind.Utc), 1, 1, 1, 1, 1);
        var cursor = Read(_apple, from: "2018-01-01").CursorAfter(last);

        Assert.Equal(last.Time, Read(_apple, from: "2018-01-01", cursor: cursor).After);
        var other = new BarParameters(null, "2018-01-02", null, cursor, null);
        Assert.Equal("invalid_cursor", BarRequest.Read(other, _apple, out _)?.Code);
    }

    private static BarRequest Read(
        Instrument instrument, string? from = null, string? to = null, string? cursor = null)
    {
        Assert.Null(BarRequest.Read(new BarParameters(null, from, to, cursor, null), instrument, out var request));
        return request;
    }
}

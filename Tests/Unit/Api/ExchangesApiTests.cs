using System.Net;
using Trading.Contracts;
using Trading.Domain.Calendars;
using Trading.Domain.Market;

namespace Trading.Tests.Unit.Api;

public sealed class ExchangesApiTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // nyse.com: Thanksgiving is 2026-11-26, and the day after it closes at 13:00.
    [Fact]
    public async Task Sessions_come_with_holidays_and_early_closes()
    {
        await using var host = await ApiHost.StartAsync();
        var client = new TradingClient(host.Http);

        var week = await client.GetExchangeSessionsAsync(
            "xnys", new DateOnly(2026, 11, 23), new DateOnly(2026, 11, 30), Cancellation);

        Assert.Equal([23, 24, 25, 27, 30], week.Sessions.Select(session => session.Date.Day));
        Assert.Equal(new ExchangeHolidayResponse(new DateOnly(2026, 11, 26), "Thanksgiving"), Assert.Single(week.Holidays));
        var early = Assert.Single(week.Sessions, session => session.EarlyClose is not null);
        Assert.Equal("Day after Thanksgiving", early.EarlyClose);
        Assert.Equal(new DateTime(2026, 11, 27, 18, 0, 0, DateTimeKind.Utc), early.Close);
        Assert.Equal(new DateTime(2026, 11, 27, 14, 30, 0, DateTimeKind.Utc), early.Open);
    }

    [Fact]
    public async Task Every_exchange_tells_whether_it_trades_now()
    {
        await using var host = await ApiHost.StartAsync();
        var client = new TradingClient(host.Http);

        var exchanges = await client.ListExchangesAsync(Cancellation);
        var crypto = await client.GetExchangeStatusAsync("CRYPTO", Cancellation);

        Assert.Equal(Exchange.All.Select(exchange => exchange.Code), exchanges.Select(exchange => exchange.Code));
        Assert.Equal(("open", null, null), (crypto.State, crypto.NextOpen, crypto.NextClose));
        Assert.Equal("24:00", exchanges[^1].Closes);
        Assert.All(exchanges.Where(exchange => exchange.Code != "CRYPTO"), exchange =>
        {
            var now = TimeProvider.System.GetUtcNow().UtcDateTime;
            Assert.InRange(exchange.Status.NextOpen!.Value, now.AddMinutes(-1), now.AddDays(12));
            Assert.Equal(exchange.Status.Session.Close, exchange.Status.NextClose);
        });
    }

    // Clocks went back in New York on 2026-11-01; Tokyo has a midday break from 11:30 to 12:30.
    [Theory]
    [InlineData("XNYS", "2026-11-27T17:59Z", true, false, "2026-11-30T14:30Z", "2026-11-27T18:00Z")]
    [InlineData("XNYS", "2026-11-27T18:00Z", false, false, "2026-11-30T14:30Z", "2026-11-30T21:00Z")]
    [InlineData("XNYS", "2026-10-30T21:00Z", false, false, "2026-11-02T14:30Z", "2026-11-02T21:00Z")]
    [InlineData("XTKS", "2026-11-20T03:00Z", false, true, "2026-11-20T03:30Z", "2026-11-20T06:30Z")]
    [InlineData("XTKS", "2026-11-20T07:00Z", false, false, "2026-11-24T00:00Z", "2026-11-24T06:30Z")]
    public void The_state_of_a_market_names_when_it_changes(
        string code, string now, bool open, bool midday, string nextOpen, string nextClose)
    {
        Assert.True(Exchange.TryFind(code, out var exchange));

        var status = MarketStatus.At(TradingCalendar.Of(exchange), Utc(now));

        Assert.Equal(
            (open, midday, Utc(nextOpen), Utc(nextClose)),
            (status.IsOpen, status.IsBreak, status.NextOpen, status.NextClose));
    }

    [Theory]
    [InlineData("XPAR/sessions", 404, ErrorCodes.UnknownExchange)]
    [InlineData("XPAR/status", 404, ErrorCodes.UnknownExchange)]
    [InlineData("XNYS/sessions?from=yesterday", 400, ErrorCodes.InvalidDate)]
    [InlineData("XNYS/sessions?from=2026-02-02&to=2026-02-01", 400, ErrorCodes.InvalidRange)]
    [InlineData("XNYS/sessions?from=2000-01-01&to=2026-01-01", 400, ErrorCodes.InvalidRange)]
    [InlineData("XNYS/sessions?from=1900-01-01&to=1900-02-01", 400, ErrorCodes.InvalidRange)]
    [InlineData("XNYS/sessions?from=9999-12-31", 400, ErrorCodes.InvalidRange)]
    public async Task What_cannot_be_answered_is_a_problem_that_says_so(string path, int status, string code)
    {
        await using var host = await ApiHost.StartAsync();

        var answer = await host.Http.GetAsync(new Uri($"api/v1/exchanges/{path}", UriKind.Relative), Cancellation);

        Assert.Equal((HttpStatusCode)status, answer.StatusCode);
        Assert.Contains($"\"code\":\"{code}\"", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    private static DateTime Utc(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture).UtcDateTime;
}

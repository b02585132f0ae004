using System.Net;
using System.Text;
using Trading.Contracts;

namespace Trading.Tests.Unit.Contracts;

public sealed class TradingClientTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_problem_becomes_an_exception_with_its_code_detail_and_trace_id()
    {
        var client = Answering(
            HttpStatusCode.NotFound,
            """{"title":"Not Found","detail":"No instrument ZZZ.","code":"unknown_ticker","trace_id":"4bf9"}""",
            "application/problem+json");

        var failure = await Assert.ThrowsAsync<TradingApiException>(() => client.GetQuoteAsync("ZZZ", Cancelled));

        Assert.Equal(HttpStatusCode.NotFound, failure.Status);
        Assert.Equal("unknown_ticker", failure.Code);
        Assert.Equal("No instrument ZZZ.", failure.Detail);
        Assert.Equal("4bf9", failure.TraceId);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadGateway, ErrorCodes.Unavailable)]
    [InlineData(HttpStatusCode.TooManyRequests, ErrorCodes.RateLimited)]
    [InlineData(HttpStatusCode.Forbidden, ErrorCodes.BadRequest)]
    [InlineData(HttpStatusCode.InternalServerError, ErrorCodes.Internal)]
    public async Task An_answer_that_is_no_problem_gets_the_code_that_its_status_means(
        HttpStatusCode status, string code)
    {
        var client = Answering(status, "<html>proxy</html>", "text/html");

        var failure = await Assert.ThrowsAsync<TradingApiException>(() => client.GetInstrumentAsync("AAPL", Cancelled));

        Assert.Equal(code, failure.Code);
    }

    [Fact]
    public async Task Retry_after_is_passed_on()
    {
        var client = Answering(HttpStatusCode.TooManyRequests, "", "text/plain", retryAfter: "7");

        var failure = await Assert.ThrowsAsync<TradingApiException>(() => client.GetQuoteAsync("AAPL", Cancelled));

        Assert.Equal(TimeSpan.FromSeconds(7), failure.RetryAfter);
    }

    [Fact]
    public async Task No_answer_at_all_is_unavailable_without_a_status()
    {
        var client = Over(_ => throw new HttpRequestException("refused"));

        var failure = await Assert.ThrowsAsync<TradingApiException>(() => client.GetQuoteAsync("AAPL", Cancelled));

        Assert.Null(failure.Status);
        Assert.Equal(ErrorCodes.Unavailable, failure.Code);
    }

    [Fact]
    public async Task The_callers_cancellation_stays_a_cancellation()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        var client = Answering(HttpStatusCode.OK, "{}", "application/json");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetQuoteAsync("AAPL", cancelled.Token));
    }

    [Fact]
    public async Task A_quote_is_read_from_snake_case()
    {
        var client = Answering(
            HttpStatusCode.OK,
            """
            {"ticker":"AAPL","price":178.5,"change":2.35,"change_percent":1.33,"volume":10,"timestamp":1700000000.25,
             "seq":7,"open":176,"high":179,"low":175.5,"previous_close":176.15,"source":"simulated","synthetic":true}
            """,
            "application/json");

        var quote = await client.GetQuoteAsync("AAPL", Cancelled);

        var expected = new QuoteResponse(
            "AAPL", 178.5, 2.35, 1.33, 10, 1700000000.25, 7, 176, 179, 175.5, 176.15, "simulated", true);
        Assert.Equal(expected, quote);
    }

    [Fact]
    public async Task Bars_are_enumerated_over_pages_until_there_is_no_cursor()
    {
        var asked = new List<string>();
        var client = Over(request =>
        {
            asked.Add(request.RequestUri!.PathAndQuery);
            var first = asked.Count == 1;
            return Answer(HttpStatusCode.OK, BarPage(first ? "2018-02-06" : "2018-02-07", first ? "\"c+1\"" : "null"));
        });

        var days = new List<int>();
        var query = new BarQuery { From = "2018-02-06", Limit = 1 };
        await foreach (var bar in client.GetBarsAsync("BRK/B", query, Cancelled))
        {
            days.Add(bar.Time.Day);
        }

        Assert.Equal([6, 7], days);
        Assert.Equal(
            [
                "/api/v1/bars/BRK%2FB?interval=1d&from=2018-02-06&limit=1",
                "/api/v1/bars/BRK%2FB?interval=1d&from=2018-02-06&cursor=c%2B1&limit=1",
            ],
            asked);
    }

    private static string BarPage(string date, string cursor) =>
        "{\"items\":[{\"time\":\"" + date + "T21:00:00Z\",\"open\":1,\"high\":2,\"low\":1,\"close\":2,\"volume\":3,"
        + "\"synthetic\":false}],\"next_cursor\":" + cursor + "}";

    private static TradingClient Answering(
        HttpStatusCode status, string body, string type, string? retryAfter = null) =>
        Over(_ => Answer(status, body, type, retryAfter));

    private static HttpResponseMessage Answer(
        HttpStatusCode status, string body, string type = "application/json", string? retryAfter = null)
    {
        var response = new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, type) };
        if (retryAfter is not null)
        {
            response.Headers.Add("Retry-After", retryAfter);
        }

        return response;
    }

    private static TradingClient Over(Func<HttpRequestMessage, HttpResponseMessage> answer) =>
        new(new HttpClient(new Server(answer)) { BaseAddress = new Uri("http://api") });

    private sealed class Server(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Task.FromResult(answer(request));
        }
    }
}

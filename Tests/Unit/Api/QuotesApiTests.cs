using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Trading.Tests.Unit.Api;

public sealed class QuotesApiTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_quote_is_served_with_its_length_and_never_cached()
    {
        await using var host = await ApiHost.StartAsync();
        await host.PublishAsync(10, "T001");

        var answer = await host.Http.GetAsync("/api/v1/quotes/t001", Cancellation);

        var body = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.Equal(body.Length, answer.Content.Headers.ContentLength);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Equal("T001", (string?)JsonNode.Parse(body)!["ticker"]);
    }

    [Fact]
    public async Task A_batch_keeps_the_order_names_each_once_and_says_what_has_no_quote()
    {
        await using var host = await ApiHost.StartAsync();
        await host.PublishAsync(10, "T001", "T003");

        var batch = await host.Http.GetFromJsonAsync<JsonObject>(
            "/api/v1/quotes?tickers=T003,T001,t003,T002,T001", Cancellation);

        Assert.Equal(["T003", "T001"], batch!["quotes"]!.AsArray().Select(quote => (string)quote!["ticker"]!));
        Assert.Equal("""["T002"]""", batch["missing"]!.ToJsonString());
    }

    [Theory]
    [InlineData("/api/v1/quotes/NOPE", 404, "unknown_ticker")]
    [InlineData("/api/v1/quotes/T002", 404, "no_quote")]
    [InlineData("/api/v1/quotes/a%20b", 400, "invalid_ticker")]
    [InlineData("/api/v1/quotes/T001?fields=price", 400, "unknown_parameter")]
    [InlineData("/api/v1/quotes", 400, "invalid_ticker")]
    [InlineData("/api/v1/quotes?tickers=T001,,T002", 400, "invalid_ticker")]
    [InlineData("/api/v1/bars/NOPE", 404, "unknown_ticker")]
    [InlineData("/api/v1/bars/T001?interval=2m", 400, "unknown_interval")]
    [InlineData("/api/v1/bars/T001?frm=2018-01-01", 400, "unknown_parameter")]
    [InlineData("/api/v1/bars/T001", 503, "unavailable")]
    [InlineData("/api/v1/bars", 400, "invalid_ticker")]
    [InlineData("/api/v1/bars?tickers=T001,a%20b", 400, "invalid_ticker")]
    [InlineData("/api/v1/bars?tickers=T001,NOPE", 404, "unknown_ticker")]
    [InlineData("/api/v1/bars?tickers=T001,T002&interval=2m", 400, "unknown_interval")]
    [InlineData("/api/v1/bars?tickers=T001,T002&cursor=AAAA", 400, "invalid_cursor")]
    [InlineData("/api/v1/bars?tickers=T001,T002", 503, "unavailable")]
    [InlineData("/api/v1/instruments/validate?country=USA", 400, "invalid_parameter")]
    [InlineData("/api/v1/instruments/NOPE/quality", 404, "unknown_ticker")]
    [InlineData("/api/v1/instruments/T001/quality?from=yesterday", 400, "invalid_date")]
    [InlineData("/api/v1/instruments/T001/quality?from=2020-01-02&to=2020-01-01", 400, "invalid_range")]
    [InlineData("/api/v1/instruments/T001/quality", 503, "unavailable")]
    [InlineData("/api/v1/instruments", 503, "unavailable")]
    [InlineData("/api/v1/instruments?limit=501", 400, "invalid_parameter")]
    [InlineData("/api/v1/instruments?cursor=AAAA", 400, "invalid_cursor")]
    [InlineData("/api/v1/instruments?search=%00", 400, "invalid_parameter")]
    [InlineData("/nowhere", 404, "not_found")]
    [InlineData("/ws/me", 400, "bad_request")]
    public async Task Every_failure_is_a_problem_with_a_code(string path, int status, string code)
    {
        await using var host = await ApiHost.StartAsync();

        var answer = await host.Http.GetAsync(path, Cancellation);

        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation))!;
        Assert.Equal((status, code), ((int)answer.StatusCode, (string?)problem["code"]));
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Matches("^[0-9a-f]{32}$", (string?)problem["trace_id"]);
        Assert.Equal(status == 503, answer.Headers.RetryAfter is not null);
    }

    [Fact]
    public async Task More_tickers_than_a_batch_of_bars_takes_are_refused()
    {
        await using var host = await ApiHost.StartAsync();
        var tickers = string.Join(',', Enumerable.Range(1, 101).Select(number => $"X{number}"));

        var answer = await host.Http.GetAsync($"/api/v1/bars?tickers={tickers}", Cancellation);

        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation))!;
        Assert.Equal((HttpStatusCode.BadRequest, "too_many_tickers"), (answer.StatusCode, (string?)problem["code"]));
    }

    [Fact]
    public async Task A_batch_with_unknown_tickers_names_them()
    {
        await using var host = await ApiHost.StartAsync();

        var answer = await host.Http.GetAsync("/api/v1/quotes?tickers=T001,NOPE,nada", Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonObject>(Cancellation);
        Assert.Equal("""["NOPE","NADA"]""", problem!["tickers"]!.ToJsonString());
    }

    [Fact]
    public async Task A_batch_of_500_is_served_and_one_more_is_refused()
    {
        await using var host = await ApiHost.StartAsync();
        var tickers = Enumerable.Range(0, 501).Select(number => $"LONG-TICKER-NUMBER-{number:D5}").ToArray();
        await host.PublishAsync(10, tickers);

        var most = await host.Http.GetAsync($"/api/v1/quotes?tickers={string.Join(',', tickers[..500])}", Cancellation);
        var more = await host.Http.GetAsync($"/api/v1/quotes?tickers={string.Join(',', tickers)}", Cancellation);

        var batch = await most.Content.ReadFromJsonAsync<JsonObject>(Cancellation);
        Assert.Equal(500, batch!["quotes"]!.AsArray().Count);
        Assert.Equal(HttpStatusCode.BadRequest, more.StatusCode);
        var refusal = await more.Content.ReadFromJsonAsync<JsonObject>(Cancellation);
        Assert.Equal("too_many_tickers", (string?)refusal!["code"]);
    }

    [Fact]
    public async Task A_method_that_the_path_does_not_take_is_a_problem()
    {
        await using var host = await ApiHost.StartAsync();

        var answer = await host.Http.PostAsync("/api/v1/quotes/T001", new StringContent("{}"), Cancellation);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonObject>(Cancellation);
        Assert.Equal("method_not_allowed", (string?)problem!["code"]);
    }

    [Theory]
    [InlineData("abc-123", true)]
    [InlineData("forged id; with spaces", false)]
    public async Task A_harmless_request_id_comes_back(string id, bool kept)
    {
        await using var host = await ApiHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/quotes/T001");
        request.Headers.TryAddWithoutValidation("X-Request-ID", id);

        var answer = await host.Http.SendAsync(request, Cancellation);

        Assert.Equal(kept, answer.Headers.GetValues("X-Request-ID").Single() == id);
        Assert.True(answer.Headers.Contains("X-Process-Time"));
    }

    [Fact]
    public async Task A_large_answer_is_compressed_and_a_single_quote_is_not()
    {
        await using var host = await ApiHost.StartAsync();
        await host.PublishAsync(10, ApiHost.Tickers);
        host.Http.DefaultRequestHeaders.AcceptEncoding.ParseAdd("br");

        var tickers = string.Join(',', ApiHost.Tickers);
        var batch = await host.Http.GetAsync($"/api/v1/quotes?tickers={tickers}", Cancellation);
        var quote = await host.Http.GetAsync("/api/v1/quotes/T001", Cancellation);

        Assert.Equal(["br"], batch.Content.Headers.ContentEncoding);
        Assert.Empty(quote.Content.Headers.ContentEncoding);
    }
}

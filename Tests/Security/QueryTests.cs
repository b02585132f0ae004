using System.Net;
using System.Net.Http.Json;
using Trading.Contracts;
using Trading.Tests.Integration;

namespace Trading.Tests.Security;

/// <summary>Queries with more than one mistake.</summary>
[Collection(SystemTests.Name)]
public sealed class QueryTests(TradingSystem system)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("audit?from=abc&to=zz&limit=0&outcome=meh", "from,limit,outcome,to")]
    [InlineData("bars/AKAT.SY?interval=9z&from=x&to=y&limit=-1&adjust=q", "adjust,from,interval,limit,to")]
    [InlineData("signals?state=won&direction=up&min_confidence=2&from=x", "direction,from,min_confidence,state")]
    [InlineData("signals?ticker=NONE.SUCH&limit=0", "limit,ticker")]
    [InlineData("currencies/convert?amount=much&from=?&to=!&date=today", "amount,date,from,to")]
    [InlineData("exchanges/XNYS/sessions?from=a&to=b", "from,to")]
    [InlineData("instruments/performance?order=best&limit=0", "limit,order")]
    [InlineData("strategies?kind=best&limit=0", "kind,limit")]
    [InlineData("backtest/run?days=0", "days,symbol")]
    public async Task Every_wrong_parameter_is_named_at_once(string query, string expected)
    {
        var user = await system.SignInAsync(Cancellation, Roles.Admin);
        using var admin = user.Http;
        using var request = new HttpRequestMessage(
            query.StartsWith("backtest/", StringComparison.Ordinal) ? HttpMethod.Post : HttpMethod.Get,
            new Uri($"/api/v1/{query}", UriKind.Relative));

        using var answer = await admin.SendAsync(request, Cancellation);
        var problem = await answer.Content.ReadFromJsonAsync<ProblemResponse>(WebJson.Snake, Cancellation);

        Assert.Equal((HttpStatusCode.BadRequest, ErrorCodes.ValidationFailed), (answer.StatusCode, problem!.Code));
        Assert.Equal(expected.Split(','), problem.Errors!.Keys.Order(StringComparer.Ordinal));
        Assert.All(problem.Errors.Values, messages => Assert.False(string.IsNullOrWhiteSpace(Assert.Single(messages))));
    }

    [Fact]
    public async Task A_single_wrong_parameter_keeps_its_own_code()
    {
        var user = await system.SignInAsync(Cancellation, Roles.Admin);
        using var admin = user.Http;

        using var answer = await admin.GetAsync(new Uri("/api/v1/bars/AKAT.SY?interval=9z", UriKind.Relative), Cancellation);
        var problem = await answer.Content.ReadFromJsonAsync<ProblemResponse>(WebJson.Snake, Cancellation);

        Assert.Equal((HttpStatusCode.BadRequest, ErrorCodes.UnknownInterval), (answer.StatusCode, problem!.Code));
        Assert.Equal(["interval"], problem.Errors!.Keys);
    }
}

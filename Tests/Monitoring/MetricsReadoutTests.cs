using System.Net;
using Trading.Contracts;
using Trading.Tests.Integration;

namespace Trading.Tests.Monitoring;

[Collection(SystemTests.Name)]
public sealed class MetricsReadoutTests(TradingSystem system)
{
    private const string Path = "/api/v1/monitoring/metrics";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Admins_read_the_metrics_as_Prometheus_text_or_as_JSON()
    {
        var admin = await system.SignInAsync(Cancellation, Roles.Admin);
        using var admins = admin.Http;

        var metrics = await admin.Api.ListMetricsAsync(Cancellation);
        using var text = await admins.GetAsync(Path, Cancellation);
        using var asking = new HttpRequestMessage(HttpMethod.Get, Path);
        asking.Headers.Accept.ParseAdd("application/json");
        using var json = await admins.SendAsync(asking, Cancellation);

        var requests = metrics.Single(metric => metric.Name == "http_server_request_duration_seconds");
        Assert.Equal("histogram", requests.Type);
        Assert.Contains(requests.Samples, sample => sample.Name.EndsWith("_count", StringComparison.Ordinal)
            && sample.Labels["http_route"] == "/api/v1/auth/login" && sample.Value >= 1);
        Assert.Equal("text/plain", text.Content.Headers.ContentType!.MediaType);
        Assert.Contains(
            "# TYPE http_server_request_duration_seconds histogram",
            await text.Content.ReadAsStringAsync(Cancellation),
            StringComparison.Ordinal);
        Assert.Equal("application/json", json.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_format_that_is_none_is_refused_and_others_than_admins_too()
    {
        var admin = await system.SignInAsync(Cancellation, Roles.Admin);
        var viewer = await system.SignInAsync(Cancellation);
        using var admins = admin.Http;
        using var viewers = viewer.Http;

        using var xml = await admins.GetAsync(Path + "?format=xml", Cancellation);
        using var forbidden = await viewers.GetAsync(Path, Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, xml.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
    }
}

using Trading.Contracts;

namespace Trading.Tests.Integration;

[Collection(SystemTests.Name)]
public sealed class TraceTests(TradingSystem system)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Traces_are_named_by_what_was_asked_and_probes_are_none()
    {
        var admin = await system.SignInAsync(Cancellation, Roles.Admin);
        using var http = admin.Http;
        Uri[] services = [system.ApiAddress, system.WorkerAddress, system.WebAddress];
        var probes = await Task.WhenAll(services.Select(service => AskAsync(http, new Uri(service, "/health"))));
        var listing = await AskAsync(http, new Uri(system.ApiAddress, "/api/v1/instruments?limit=1"));
        var page = await AskAsync(http, new Uri(system.WebAddress, "/"));

        // A service tells of its requests in their order.
        await Eventually.IsTrueAsync(
            async () => (await TracesAsync(admin)).Any(trace => trace.TraceId == page), "the trace of the page");
        var traces = await TracesAsync(admin);

        Assert.Equal("GET /api/v1/instruments", traces.Single(trace => trace.TraceId == listing).Name);
        Assert.DoesNotContain(traces, trace => probes.Contains(trace.TraceId));
        Assert.DoesNotContain(traces, trace => trace.Name.Contains("HttpRequestIn", StringComparison.Ordinal));
    }

    /// <summary>Asks as part of a trace that is recorded, and gives its id.</summary>
    private static async Task<string> AskAsync(HttpClient http, Uri address)
    {
        var traceId = Convert.ToHexStringLower(Guid.NewGuid().ToByteArray());
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("traceparent", $"00-{traceId}-00f067aa0ba902b7-01");
        using var answer = await http.SendAsync(request, Cancellation);
        return traceId;
    }

    private static Task<IReadOnlyList<TraceResponse>> TracesAsync(TestUser admin) =>
        admin.Api.ListTracesAsync(cancellationToken: Cancellation);
}

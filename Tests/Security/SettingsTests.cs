using System.Net;
using System.Text.Json;
using Trading.Contracts;
using Trading.Tests.Integration;

namespace Trading.Tests.Security;

[Collection(SystemTests.Name)]
public sealed class SettingsTests(TradingSystem system)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_feature_is_switched_off_and_on_again_while_the_system_runs()
    {
        var admin = await system.SignInAsync(Cancellation, Roles.Admin);
        using var admins = admin.Http;
        await admin.Api.SetSettingAsync("FeatureManagement:Registration", new SettingRequest("false"), Cancellation);

        var refused = await Assert.ThrowsAsync<TradingApiException>(() => system.RegisterAsync(Cancellation));
        var listed = await system.Api.ListFeaturesAsync(Cancellation);
        await admin.Api.RemoveSettingAsync("FeatureManagement:Registration", Cancellation);
        await system.RegisterAsync(Cancellation);

        Assert.Equal(ErrorCodes.FeatureDisabled, refused.Code);
        Assert.False(listed.Single(feature => feature.Name == "Registration").Enabled);
    }

    [Fact]
    public async Task LOG_LEVEL_changes_at_run_time_in_every_service()
    {
        var admin = await system.SignInAsync(Cancellation, Roles.Admin);
        using var admins = admin.Http;
        string[] services = ["apiservice", "pricingworker", "web"];
        var before = services.ToDictionary(service => service, DebugLines);

        await admin.Api.SetSettingAsync("LOG_LEVEL", new SettingRequest("Debug"), Cancellation);
        await Eventually.IsTrueAsync(
            () => Task.FromResult(services.All(service => DebugLines(service) > before[service])),
            "debug lines in all logs",
            TimeSpan.FromSeconds(60));
        await admin.Api.RemoveSettingAsync("LOG_LEVEL", Cancellation);
    }

    [Fact]
    public async Task One_trace_leads_from_the_API_over_Redis_to_the_worker_and_PostgreSQL()
    {
        var admin = await system.SignInAsync(Cancellation, Roles.Admin);
        using var admins = admin.Http;
        var traceId = Convert.ToHexStringLower(Guid.NewGuid().ToByteArray());
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/v1/settings/Logging:LogLevel:Trading.Tests")
        {
            Content = new StringContent("""{"value":"Warning"}""", null, "application/json"),
        };
        request.Headers.Add("traceparent", $"00-{traceId}-00f067aa0ba902b7-01");

        using var answer = await admins.SendAsync(request, Cancellation);
        var trace = await Eventually.ReturnsAsync(
            async () =>
            {
                try
                {
                    var found = await admin.Api.GetTraceAsync(traceId, Cancellation);
                    return found.Spans.Any(span => span.Service == "pricingworker" && span.Tags.ContainsKey("db.system.name"))
                        || found.Spans.Any(span => span.Service == "pricingworker" && span.Tags.Keys.Any(tag => tag.StartsWith("db.", StringComparison.Ordinal)))
                        ? found
                        : null;
                }
                catch (TradingApiException missing) when (missing.Status == HttpStatusCode.NotFound)
                {
                    return null;
                }
            },
            "a statement of the worker in the trace");
        await admin.Api.RemoveSettingAsync("Logging:LogLevel:Trading.Tests", Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Subset(trace.Trace.Services.ToHashSet(), new HashSet<string> { "apiservice", "pricingworker" });
        Assert.Contains(trace.Spans, span => span is { Service: "apiservice", Kind: "server" });
        Assert.Contains(trace.Spans, span => span is { Service: "apiservice", Kind: "producer" });
        Assert.Contains(trace.Spans, span => span is { Service: "pricingworker", Kind: "consumer" });
    }

    [Theory]
    [InlineData("Auth:SigningKey", "x")]
    [InlineData("FeatureManagement:Nothing", "true")]
    [InlineData("FeatureManagement:Stream", "maybe")]
    [InlineData("LOG_LEVEL", "Loud")]
    public async Task Only_settings_that_are_made_for_it_are_changed(string key, string value)
    {
        var admin = await system.SignInAsync(Cancellation, Roles.Admin);
        using var admins = admin.Http;

        var refused = await Assert.ThrowsAsync<TradingApiException>(
            () => admin.Api.SetSettingAsync(key, new SettingRequest(value), Cancellation));

        Assert.Equal(ErrorCodes.ValidationFailed, refused.Code);
    }

    private static int DebugLines(string service)
    {
        var file = Path.Combine(TradingSystem.LogFolder, $"{service}.log");
        if (!File.Exists(file))
        {
            return 0;
        }

        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        return reader.ReadToEnd().Split('\n').Count(line => line.Length > 2 && LevelOf(line) == "debug");
    }

    private static string? LevelOf(string line)
    {
        try
        {
            return JsonDocument.Parse(line).RootElement.GetProperty("level").GetString();
        }
        catch (JsonException)
        {
            // The last line may be half written.
            return null;
        }
    }
}

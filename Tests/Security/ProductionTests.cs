using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Trading.Tests.Security;

/// <summary>The services' own programs, started as in production; their stores are never there.</summary>
public sealed class ProductionTests
{
    private const string Random32 = "q8Zr2LmX0vTn5KyC7wJb4HdPf9GsEa1u";
    private const int BadConfiguration = 78;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Default_secrets_refuse_to_start_and_say_which_and_every_mistake_is_listed_at_once()
    {
        using var api = Start("ApiService", new()
        {
            ["Auth__SigningKey"] = "changeme-changeme-changeme-changeme",
            ["ConnectionStrings__tradingdb"] = "Host=127.0.0.1;Port=1;Username=postgres;Password=postgres",
            ["RATE_LIMIT_RPM"] = "0",
            ["Outbound__AllowLoopback"] = "true",
        });
        var error = await api.StandardError.ReadToEndAsync(Cancellation);
        await api.WaitForExitAsync(Cancellation);

        Assert.Equal(BadConfiguration, api.ExitCode);
        Assert.Contains("Auth:SigningKey is a default that everybody knows", error, StringComparison.Ordinal);
        Assert.Contains("ServiceKey is not set", error, StringComparison.Ordinal);
        Assert.Contains("ConnectionStrings:tradingdb: the password is a default", error, StringComparison.Ordinal);
        Assert.Contains("RATE_LIMIT_RPM must be above 0", error, StringComparison.Ordinal);
        Assert.Contains("Outbound:AllowLoopback", error, StringComparison.Ordinal);
        Assert.DoesNotContain("changeme", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mistakes_of_all_sections_are_named_at_once_whoever_reads_them()
    {
        (string Key, string Value, string Named)[] mistakes =
        [
            ("Auth__SigningKey", "short", "Auth:SigningKey, and"),
            ("Auth__AccessTokenLifetime", "-00:01:00", "Auth:AccessTokenLifetime"),
            ("Auth__RefreshTokenLifetime", "00:00:00", "Auth:RefreshTokenLifetime"),
            ("Auth__WebUrl", "notaurl", "Auth:WebUrl"),
            ("Auth__FailuresBeforeWait", "-3", "Auth:FailuresBeforeWait"),
            ("Mail__Port", "99999", "Mail:Port"),
            ("LOG_LEVEL", "Loud", "LOG_LEVEL"),
            ("Logs__QueueLength", "0", "Logs:QueueLength"),
            ("Sentry__Dsn", "foo", "Sentry:Dsn"),
            ("Database__SlowQuery", "-1", "Database:SlowQuery"),
            ("Tracing__PerSecond", "-5", "Tracing:PerSecond"),
            ("RATE_LIMIT_RPM", "-5", "RATE_LIMIT_RPM"),
            ("RateLimit__Free__Window", "00:00:00", "RateLimit: "),
            ("Figures__Period", "0", "Period"),
            ("Webhooks__MaxTries", "0", "Webhooks: "),
            ("Telemetry__Enabled", "perhaps", "Telemetry:Enabled cannot be read as Boolean"),
            ("Stream__PingEvery", "soon", "Stream:PingEvery cannot be read as TimeSpan"),
        ];
        using var api = Start("ApiService", mistakes.ToDictionary(mistake => mistake.Key, mistake => mistake.Value));
        var error = await api.StandardError.ReadToEndAsync(Cancellation);
        await api.WaitForExitAsync(Cancellation);

        Assert.Equal(BadConfiguration, api.ExitCode);
        Assert.All(mistakes, mistake => Assert.Contains($"- {mistake.Named}", error.Replace(
            "- DataAnnotation validation failed for 'FiguresOptions' members: '", "- ", StringComparison.Ordinal), StringComparison.Ordinal));
        Assert.Contains("ServiceKey is not set", error, StringComparison.Ordinal);
        Assert.DoesNotContain("\n   at ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PricingWorker", "ConnectionStrings__tradingdb", "Host=127.0.0.1;Port=1;Username=u;Password=postgres",
        "ConnectionStrings:tradingdb: the password is a default")]
    [InlineData("Web", "ServiceKey", "secret-secret-secret-secret", "ServiceKey is a default that everybody knows")]
    public async Task Default_secrets_refuse_to_start_every_service(string service, string key, string value, string said)
    {
        using var program = Start(service, new() { [key] = value });
        var error = await program.StandardError.ReadToEndAsync(Cancellation);
        await program.WaitForExitAsync(Cancellation);

        Assert.Equal(BadConfiguration, program.ExitCode);
        Assert.Contains(said, error, StringComparison.Ordinal);
        Assert.DoesNotContain(value, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PricingWorker", "Schedules__Enabled", "Schedules:Enabled")]
    [InlineData("PricingWorker", "Telemetry__Enabled", "Telemetry:Enabled")]
    [InlineData("Web", "Telemetry__Enabled", "Telemetry:Enabled")]
    public async Task A_value_that_is_read_while_the_host_is_built_is_named_too(string service, string key, string named)
    {
        using var program = Start(service, new() { [key] = "perhaps" });
        var error = await program.StandardError.ReadToEndAsync(Cancellation);
        await program.WaitForExitAsync(Cancellation);

        Assert.Equal(BadConfiguration, program.ExitCode);
        Assert.Contains($"- {named} cannot be read as Boolean.", error, StringComparison.Ordinal);
        Assert.DoesNotContain("\n   at ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("false", HttpStatusCode.NotFound)]
    [InlineData("true", HttpStatusCode.OK)]
    public async Task In_Production_no_detailed_health_and_no_API_docs_unless_enabled(string enabled, HttpStatusCode expected)
    {
        var port = FreePort();
        var key = Path.GetTempFileName();
        await File.WriteAllTextAsync(key, Random32, Cancellation);
        using var api = Start("ApiService", new()
        {
            ["Auth__SigningKey_FILE"] = key,
            ["ServiceKey"] = Random32,
            ["ConnectionStrings__tradingdb"] = $"Host=127.0.0.1;Port=1;Username=trading;Password={Random32};Timeout=1",
            ["ConnectionStrings__cache"] = "127.0.0.1:1,abortConnect=false",
            ["ASPNETCORE_URLS"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"),
            ["FeatureManagement__ApiDocs"] = enabled,
        });
        var error = api.StandardError.ReadToEndAsync(Cancellation);
        try
        {
            using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
            await Eventually.IsTrueAsync(() => AnswersAsync(http), $"the API answers: {(api.HasExited ? await error : "")}");
            using var health = await http.GetAsync("/health", Cancellation);
            using var docs = await http.GetAsync("/openapi/v1.json", Cancellation);
            using var page = await http.GetAsync("/swagger/index.html", Cancellation);

            var body = JsonNode.Parse(await health.Content.ReadAsStringAsync(Cancellation))!.AsObject();
            Assert.Equal(["status"], body.Select(member => member.Key));
            Assert.Equal((expected, expected), (docs.StatusCode, page.StatusCode));
        }
        finally
        {
            api.Kill();
            await api.WaitForExitAsync(CancellationToken.None);
            File.Delete(key);
        }
    }

    private static async Task<bool> AnswersAsync(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync("/live", Cancellation);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static Process Start(string service, Dictionary<string, string> settings)
    {
        var built = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(
            RepositoryFolder.Path, service, "bin", built.Parent!.Name, built.Name, $"Trading.{service}.dll");
        var start = new ProcessStartInfo("dotnet", [program])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = false,
            WorkingDirectory = Path.GetDirectoryName(program),
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

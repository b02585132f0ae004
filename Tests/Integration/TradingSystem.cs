using System.Security.Cryptography;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Npgsql;
using Trading.Contracts;

namespace Trading.Tests.Integration;

/// <summary>The whole system, started once from its app model: PostgreSQL, Redis, worker, API and web, all real.</summary>
public sealed class TradingSystem : IAsyncLifetime
{
    /// <summary>What the services were given, so that tests can forge tokens and speak as the web front end.</summary>
    public static string SigningKey { get; } = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));

    public static string ServiceKey { get; } = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));

    /// <summary>Opens /metrics of each service in Production.</summary>
    public static string MetricsToken { get; } = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));

    /// <summary>Where mails are put.</summary>
    public static string MailFolder { get; } =
        Path.Combine(Path.GetTempPath(), $"trading-mail-{Guid.NewGuid():n}");

    /// <summary>Where every service writes its log.</summary>
    public static string LogFolder { get; } =
        Path.Combine(Path.GetTempPath(), $"trading-logs-{Guid.NewGuid():n}");

    /// <summary>Where bars go that are not kept.</summary>
    public static string ExportFolder { get; } =
        Path.Combine(Path.GetTempPath(), $"trading-exports-{Guid.NewGuid():n}");

    private const string WorkerPrefix = "--Services:pricingworker:";

    private static readonly string[] _settings =
    [
        $"--Services:apiservice:Logs:Folder={LogFolder}",
        $"--Services:pricingworker:Logs:Folder={LogFolder}",
        $"--Services:web:Logs:Folder={LogFolder}",
        $"--Services:apiservice:Auth:SigningKey={SigningKey}",
        $"--Services:apiservice:ServiceKey={ServiceKey}",
        $"--Services:web:ServiceKey={ServiceKey}",
        "--Services:web:Proxies:Known=127.0.0.1;::1",
        $"--Services:apiservice:Metrics:Token={MetricsToken}",
        $"--Services:pricingworker:Metrics:Token={MetricsToken}",
        $"--Services:web:Metrics:Token={MetricsToken}",
        "--Services:apiservice:Figures:Period=00:00:01",
        $"--Services:apiservice:Mail:Folder={MailFolder}",
        "--Services:apiservice:Auth:PasswordIterations=10000",
        "--Services:apiservice:Outbound:AllowLoopback=true",
        "--Services:apiservice:Outbound:AllowHttp=true",
        "--Services:apiservice:Stream:CheckSessionsEvery=00:00:01",
        "--Services:apiservice:Webhooks:Period=00:00:00.1",
        "--Services:apiservice:Webhooks:FirstRetry=00:00:00.05",
        "--Services:apiservice:Webhooks:MaxTries=3",
        "--Services:pricingworker:Jobs:Lease=00:00:03",
        "--Services:pricingworker:Storage:Keep:1m=400.00:00:00",
        $"--Services:pricingworker:Storage:ExportFolder={ExportFolder}",
        "--Services:pricingworker:Quotes:Sharing:Lease=00:00:02",
        "--Services:pricingworker:Jobs:FirstRetry=00:00:00.2",
        "--Services:pricingworker:Jobs:UpkeepFirstRetry=00:00:00.2",
        "--KeepData=false",
        "--EndpointsFile=",
        "--Services:apiservice:RateLimit:RequestsPerMinute=1000000",
        "--Services:pricingworker:Quotes:TicksPerSecond=5",
        "--Services:pricingworker:Quotes:ChangeShare=1",
    ];

    /// <summary>What the worker was given, so that a test can start another of the same.</summary>
    public static (string Key, string Value)[] WorkerSettings { get; } =
    [
        .. from setting in _settings
           where setting.StartsWith(WorkerPrefix, StringComparison.Ordinal)
           let parts = setting[WorkerPrefix.Length..].Split('=', 2)
           select (parts[0], parts[1]),
    ];

    private DistributedApplication? _app;
    private NpgsqlDataSource? _database;

    public DistributedApplication App => _app ?? throw new InvalidOperationException("The system has not started.");

    public NpgsqlDataSource Database => _database ?? throw new InvalidOperationException("The system has not started.");

    public HttpClient Http { get; private set; } = new();

    public TradingClient Api { get; private set; } = new(new HttpClient());

    public Uri ApiAddress => App.GetEndpoint("apiservice", "http");

    public Uri WorkerAddress => App.GetEndpoint("pricingworker", "http");

    public Uri WebAddress => App.GetEndpoint("web", "http");

    public async ValueTask InitializeAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(10));
        await using var builder =
            await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(_settings, deadline.Token);
        _app = await builder.BuildAsync(deadline.Token);
        await _app.StartAsync(deadline.Token);
        foreach (var service in new[] { "pricingworker", "apiservice", "web" })
        {
            await _app.ResourceNotifications.WaitForResourceHealthyAsync(service, deadline.Token);
        }

        Http = _app.CreateHttpClient("apiservice", "http");
        Api = new TradingClient(Http);
        _database = NpgsqlDataSource.Create(await ConnectionStringAsync("tradingdb"));
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        foreach (var folder in new[] { MailFolder, LogFolder, ExportFolder }.Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public async Task<string> ConnectionStringAsync(string resource) =>
        await App.GetConnectionStringAsync(resource)
        ?? throw new InvalidOperationException($"{resource} has no connection string.");

    public Task StopAsync(string resource) => CommandAsync(resource, KnownResourceCommands.StopCommand);

    public Task StartAsync(string resource) => CommandAsync(resource, KnownResourceCommands.StartCommand);

    public Task WaitUntilHealthyAsync(string resource, CancellationToken cancellation) =>
        App.ResourceNotifications.WaitForResourceHealthyAsync(resource, cancellation);

    /// <summary>The process id of a service that runs now, other than <paramref name="not"/>.</summary>
    public async Task<int> ProcessIdAsync(string resource, int not, CancellationToken cancellation)
    {
        var running = await App.ResourceNotifications.WaitForResourceAsync(
            resource,
            change => change.Snapshot.State?.Text == KnownResourceStates.Running && Pid(change) is { } pid && pid != not,
            cancellation);
        return Pid(running)!.Value;
    }

    private static int? Pid(ResourceEvent change) =>
        change.Snapshot.Properties.FirstOrDefault(property => property.Name == "executable.pid")?.Value as int?;

    private async Task CommandAsync(string resource, string command)
    {
        var result = await App.ResourceCommands.ExecuteCommandAsync(
            resource, command, TestContext.Current.CancellationToken);
        Assert.True(result.Success, result.Message);
    }
}

/// <summary>Tests that share one running system, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class SystemTests : ICollectionFixture<TradingSystem>
{
    public const string Name = "The running system";
}

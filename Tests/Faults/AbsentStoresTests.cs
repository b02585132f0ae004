using System.Globalization;
using System.Net;
using Npgsql;
using StackExchange.Redis;
using Trading.Contracts;
using Trading.Tests.Integration;
using Trading.Tests.Worker;

namespace Trading.Tests.Faults;

/// <summary>Services that are there before what they store in.</summary>
[Collection(SystemTests.Name)]
public sealed class AbsentStoresTests(TradingSystem system) : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("trading-absent-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task All_services_start_with_both_stores_absent_and_recover_unaided()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var database = await ScratchDatabase.CreateAsync(system);
        await database.MigrateToAsync("0");
        var server = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        await using var toDatabase = new Passage(server.Port);
        await using var toRedis = new Passage(ConfigurationOptions.Parse(redis.Address).EndPoints.Cast<IPEndPoint>().Single().Port);
        (server.Host, server.Port) = ("127.0.0.1", toDatabase.Port);

        var settings = Settings(server.ConnectionString, toRedis.Port);
        await using var worker = ServiceProcess.Start("PricingWorker", settings);
        settings["services__pricingworker__http__0"] = worker.Http.BaseAddress!.ToString();
        await using var api = ServiceProcess.Start("ApiService", settings);
        settings["services__apiservice__http__0"] = api.Http.BaseAddress!.ToString();
        await using var web = ServiceProcess.Start("Web", settings);
        ServiceProcess[] services = [worker, api, web];

        foreach (var service in services)
        {
            await Answers(service, "/alive", HttpStatusCode.OK);
        }

        await Answers(api, "/ready", HttpStatusCode.ServiceUnavailable);
        await Answers(worker, "/ready", HttpStatusCode.ServiceUnavailable);
        await Answers(api, "/api/v1/instruments", HttpStatusCode.ServiceUnavailable);
        Assert.DoesNotContain(services, service => service.HasExited);

        toRedis.Open();
        toDatabase.Open();
        foreach (var service in services)
        {
            await Answers(service, "/ready", HttpStatusCode.OK);
        }

        var client = new TradingClient(api.Http);
        var listed = await Eventually.ReturnsAsync(
            async () => (await client.SearchInstrumentsAsync(new(), Cancellation)).Items is [var first, ..] ? first : null,
            "an instrument");
        await Answers(api, $"/api/v1/quotes/{listed.Ticker}", HttpStatusCode.OK);
        await Answers(web, "/", HttpStatusCode.OK);
        Assert.DoesNotContain(services, service => service.HasExited);
    }

    private static Task Answers(ServiceProcess service, string path, HttpStatusCode status) => Eventually.IsTrueAsync(
        async () => await service.StatusAsync(path, Cancellation) == status,
        string.Create(CultureInfo.InvariantCulture, $"{service.Http.BaseAddress}{path} answers {(int)status}"),
        TimeSpan.FromMinutes(2));

    private Dictionary<string, string> Settings(string database, int redis) => new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
        ["ConnectionStrings__tradingdb"] = database,
        ["ConnectionStrings__cache"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{redis}"),
        ["Auth__SigningKey"] = TradingSystem.SigningKey,
        ["Auth__AdminPasswordFile"] = Path.Combine(_folder, "admin-password"),
        ["ServiceKey"] = TradingSystem.ServiceKey,
        ["Mail__Folder"] = Path.Combine(_folder, "mail"),
        ["Logs__Folder"] = Path.Combine(_folder, "logs"),
        ["Storage__ExportFolder"] = Path.Combine(_folder, "exports"),
        ["DataProtection__Folder"] = Path.Combine(_folder, "keys"),
    };
}

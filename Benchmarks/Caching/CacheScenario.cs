using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;
using Trading.Benchmarks.Quotes;
using Trading.Benchmarks.Reporting;
using Trading.Benchmarks.Running;
using Trading.ServiceDefaults.Cache;

namespace Trading.Benchmarks.Caching;

/// <summary>
/// What the cache gives: a cached read through the API at a fixed rate; the share of a skewed load that memory and Redis
/// answer; and how many queries many misses at a time make.
/// </summary>
internal sealed class CacheScenario : IScenario
{
    private const int WarmUps = 3;
    private const int Rounds = 5;
    private const int Keys = 10_000;
    private const int InMemory = 2_000;
    private const int Requests = 200_000;
    private const int AtOnce = 200;

    public string Name => "cache";

    public async Task<IReadOnlyList<Measurement>> RunAsync(Repository repository, CancellationToken cancellationToken)
    {
        var p99 = await ReadCachedAsync(repository, cancellationToken);
        var (memory, either, queries) = await AskCacheAsync(cancellationToken);
        return
        [
            new(Name, $"p99 of {PacedRounds.PerSecond} cached reads/s through the API", "ms", p99.Ours)
            {
                Required = Requirement.AtMost(2),
            },
            new(Name, "the same answer of bare Kestrel, p99", "ms", p99.Bare),
            new(Name, "Zipf(1.0), 10,000 keys, room for 2,000: from memory", "of 1", memory)
            {
                Required = Requirement.AtLeast(0.8),
            },
            new(Name, "the same from memory or Redis", "of 1", either) { Required = Requirement.AtLeast(0.99) },
            new(Name, $"queries of {AtOnce} misses on one key at a time", "", queries) { Required = Requirement.AtMost(1) },
        ];
    }

    private static async Task<(double Ours, double Bare)> ReadCachedAsync(Repository repository, CancellationToken cancellationToken)
    {
        await using var system = await TradingSystem.StartAsync(
            repository,
            ["apiservice", "pricingworker"],
            ["--Services:apiservice:RateLimit:RequestsPerMinute=1000000000"],
            cancellationToken);
        var address = system.Endpoints.Url("apiservice");
        await new ApiProbe(address).QuotedTickersAsync(1, cancellationToken);
        var page = new Uri(address, "/api/v1/instruments?country=US&limit=20");
        using var folder = new TempFolder();
        var body = folder.Of("body");
        using (var http = new HttpClient())
        {
            await File.WriteAllBytesAsync(body, await http.GetByteArrayAsync(page, cancellationToken), cancellationToken);
        }

        var port = Loopback.FreePort();
        await using var bare = await BareKestrel.StartAsync(repository, port, body, cancellationToken);
        var reads = new PacedRounds("cached reads", page);
        var least = new PacedRounds("bare Kestrel", new Uri($"http://127.0.0.1:{port}/"));
        // Until the code that it runs is compiled for good.
        for (var round = 0; round < WarmUps; round++)
        {
            await reads.WarmUpAsync(cancellationToken);
        }

        await least.WarmUpAsync(cancellationToken);
        for (var round = 0; round < Rounds; round++)
        {
            await reads.RunAsync(cancellationToken);
            await least.RunAsync(cancellationToken);
        }

        return (reads.P99Milliseconds, least.P99Milliseconds);
    }

    private static async Task<(double Memory, double Either, int Queries)> AskCacheAsync(CancellationToken cancellationToken)
    {
        var port = Loopback.FreePort();
        await using var redis = ChildProcess.Start(
            Tools.Find("redis-server"),
            [
                "--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1",
                "--save", "", "--appendonly", "no",
            ]);
        await Loopback.WaitAsync(port, redis, cancellationToken);
        using var host = Build(port);
        await host.StartAsync(cancellationToken);
        var cache = host.Services.GetRequiredService<TradingCache>();
        while (!cache.Statistics.IsShared)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }

        var load = new SkewedLoad(cache);
        for (var key = 0; key < Keys; key++)
        {
            await load.AskAsync(key, cancellationToken);
        }

        var kind = cache.Kind(CacheKinds.Analyses);
        var (memoryBefore, redisBefore) = (kind.MemoryHits, kind.RedisHits);
        var keys = new ZipfKeys(Keys, seed: 42);
        for (var request = 0; request < Requests; request++)
        {
            await load.AskAsync(keys.Next(), cancellationToken);
        }

        var memory = (kind.MemoryHits - memoryBefore) / (double)Requests;
        var either = memory + ((kind.RedisHits - redisBefore) / (double)Requests);
        await cache.InvalidateAllAsync();
        var queries = load.Queries;
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => load.AskAsync(0, cancellationToken).AsTask()));
        queries = load.Queries - queries;
        await host.StopAsync(cancellationToken);
        return (memory, either, queries);
    }

    private static IHost Build(int port)
    {
        var builder = new HostApplicationBuilder();
        builder.Configuration.AddInMemoryCollection(
            [new("Cache:MemoryEntries", InMemory.ToString(CultureInfo.InvariantCulture))]);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IConnectionMultiplexer>(_ =>
            ConnectionMultiplexer.Connect($"127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}"));
        builder.AddTradingCache();
        return builder.Build();
    }
}

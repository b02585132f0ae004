using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;
using Trading.Benchmarks.Reporting;
using Trading.Benchmarks.Running;
using Trading.ServiceDefaults.RateLimits;

namespace Trading.Benchmarks.Limits;

/// <summary>
/// What a limit costs a request: where Redis is asked (a caller's first request, and each of a small limit), and where
/// the block in hand decides. One request at a time, so that it is the decision's time and not a queue's.
/// </summary>
internal sealed class LimiterScenario : IScenario
{
    private const int Warmup = 2000;
    private const int Asked = 10_000;
    private const int InHand = 1_000_000;
    private const double MostMilliseconds = 0.3;

    public string Name => "limiter";

    public async Task<IReadOnlyList<Measurement>> RunAsync(Repository repository, CancellationToken cancellationToken)
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
        var limits = host.Services.GetRequiredService<SharedRateLimits>();
        while (!limits.IsShared)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }

        var sliding = await AskAsync(limits, RateLimitAlgorithm.SlidingWindow, cancellationToken);
        var bucket = await AskAsync(limits, RateLimitAlgorithm.TokenBucket, cancellationToken);
        var inHand = await TakeAsync(limits, cancellationToken);
        await host.StopAsync(cancellationToken);
        return
        [
            Milliseconds("sliding window in Redis, median", sliding.Median()),
            new(Name, "sliding window in Redis, p99", "ms", sliding.Order().ElementAt(Asked * 99 / 100)),
            Milliseconds("token bucket in Redis, median", bucket.Median()),
            new(Name, "from the block in hand", "us", inHand * 1000) { Required = Requirement.AtMost(1) },
        ];
    }

    private static IHost Build(int port)
    {
        var builder = new HostApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IConnectionMultiplexer>(_ =>
            ConnectionMultiplexer.Connect($"127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}"));
        builder.AddSharedRateLimits();
        return builder.Build();
    }

    /// <summary>The milliseconds of each decision of a new caller: each asks Redis.</summary>
    private static async Task<double[]> AskAsync(
        SharedRateLimits limits, RateLimitAlgorithm algorithm, CancellationToken cancellationToken)
    {
        var limiter = limits.Limiter(new RateLimitRule("asked_" + algorithm, algorithm, 60, TimeSpan.FromMinutes(1)));
        var times = new double[Asked];
        for (var caller = -Warmup; caller < Asked; caller++)
        {
            var startedAt = Stopwatch.GetTimestamp();
            await limiter.AcquireAsync((UInt128)(caller + Warmup), cancellationToken);
            if (caller >= 0)
            {
                times[caller] = Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds;
            }
        }

        return limits.IsShared ? times : throw new InvalidOperationException("Redis was not asked to the end.");
    }

    /// <summary>The mean milliseconds of a decision for a caller with a large limit.</summary>
    private static async Task<double> TakeAsync(SharedRateLimits limits, CancellationToken cancellationToken)
    {
        var limiter = limits.Limiter(
            new RateLimitRule("large", RateLimitAlgorithm.SlidingWindow, 1_000_000_000, TimeSpan.FromMinutes(1)));
        var startedAt = Stopwatch.GetTimestamp();
        for (var request = 0; request < InHand; request++)
        {
            if (!limiter.TryAcquire(1, out _))
            {
                await limiter.AcquireAsync(1, cancellationToken);
            }
        }

        return Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds / InHand;
    }

    private Measurement Milliseconds(string what, double value) =>
        new(Name, what, "ms", value) { Required = Requirement.AtMost(MostMilliseconds) };
}

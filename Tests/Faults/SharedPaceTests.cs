using System.Globalization;
using Microsoft.AspNetCore.Http;
using Trading.PricingWorker.Providers;
using Trading.Tests.Unit.Providers;

namespace Trading.Tests.Faults;

/// <summary>What several workers ask of one provider.</summary>
public sealed class SharedPaceTests
{
    private const int Burst = 6;
    private const int OfEach = 5;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_workers_together_ask_a_provider_no_more_often_than_one_may()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var provider = await ProviderServer.StartAsync(
            context => context.Response.WriteAsync("Date,Open,High,Low,Close,Volume\n2020-01-02,1,2,0.5,1.5,7\n"));
        await using var firstLimits = await LimitReplica.StartAsync(redis);
        await using var secondLimits = await LimitReplica.StartAsync(redis);
        await using var first = Worker(provider, firstLimits);
        await using var second = Worker(provider, secondLimits);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        var asking = Ask(first, stop.Token).Concat(Ask(second, stop.Token)).ToArray();
        await Eventually.IsTrueAsync(
            () => Task.FromResult(asking.Count(asked => asked.IsCompletedSuccessfully) == Burst
                && Refused(firstLimits) + Refused(secondLimits) >= asking.Length - Burst),
            "the rest are told to wait");
        await stop.CancelAsync();
        await Task.WhenAll(asking).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

        Assert.Equal(Burst, provider.Requests.Count);
        Assert.Equal(asking.Length - Burst, asking.Count(asked => asked.IsCanceled));
    }

    private static ProviderHost Worker(ProviderServer provider, LimitReplica limits) => new(
        provider.Url,
        TimeProvider.System,
        limits.Limits,
        ("Equity", "Stooq"),
        ("Stooq:RequestsPerSecond", "0.001"),
        ("Stooq:Burst", Burst.ToString(CultureInfo.InvariantCulture)),
        ("Stooq:AtOnce", "10"),
        ("Stooq:TotalTimeout", "00:05:00"));

    private static IEnumerable<Task> Ask(ProviderHost worker, CancellationToken cancellationToken) =>
        Enumerable.Range(0, OfEach).Select(_ => worker.Provider(ProviderName.Stooq)
            .ReadDailyAsync(ProviderHost.Instrument("AAPL"), Asked.First, Asked.Last, cancellationToken));

    private static long Refused(LimitReplica replica) => replica.Limits.Statistics.Sum(limit => limit.Refused);
}

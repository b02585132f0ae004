using Microsoft.AspNetCore.Http;
using Trading.PricingWorker.Providers;
using Trading.PricingWorker.Providers.Http;

namespace Trading.Tests.Unit.Providers;

/// <summary>Breaker, waits and rate of one provider.</summary>
public sealed class GateTests
{
    private static readonly (string, string) _stooq = ("Equity", "Stooq");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_five_failures_the_provider_is_not_asked_until_a_minute_has_passed()
    {
        var isWell = false;
        var time = new SteppedTime();
        await using var server = await ProviderServer.StartAsync(context => Volatile.Read(ref isWell)
            ? context.Response.WriteAsync("Date,Open,High,Low,Close,Volume\n2020-01-02,1,2,0.5,1.5,7\n")
            : ProviderServer.RefuseAsync(context, 500));
        await using var host = new ProviderHost(server.Url, time, _stooq, ("Stooq:Retries", "0"));

        for (var i = 0; i < 5; i++)
        {
            Assert.False((await host.FailureAsync(ProviderName.Stooq)).IsUnasked);
        }

        Assert.Equal(BreakerState.Open, host.Record(ProviderName.Stooq).Breaker);
        Volatile.Write(ref isWell, true);
        Assert.True((await host.FailureAsync(ProviderName.Stooq)).IsUnasked);
        time.Advance(TimeSpan.FromSeconds(59));
        Assert.True((await host.FailureAsync(ProviderName.Stooq)).IsUnasked);
        Assert.Equal(5, server.Requests.Count);

        time.Advance(TimeSpan.FromSeconds(2));
        var history = await host.Provider(ProviderName.Stooq).ReadDailyAsync(
            ProviderHost.Instrument("AAPL"), Asked.First, Asked.Last, Cancellation);

        Assert.Single(history.Bars);
        Assert.Equal(BreakerState.Closed, host.Record(ProviderName.Stooq).Breaker);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(200)]
    public async Task Retries_and_senseless_bodies_count_as_failures_of_the_breaker(int status)
    {
        await using var server = await ProviderServer.StartAsync(
            context => ProviderServer.RefuseAsync(context, status, "<html></html>"));
        await using var host = new ProviderHost(server.Url, _stooq);

        while (host.Record(ProviderName.Stooq).Breaker == BreakerState.Closed)
        {
            await host.FailureAsync(ProviderName.Stooq);
        }

        Assert.Equal(5, server.Requests.Count);
    }

    [Fact]
    public async Task Failures_count_in_a_row_and_however_slowly_they_come()
    {
        var time = new SteppedTime();
        var count = 0;
        // Four failures, an answer, and then failures only.
        await using var server = await ProviderServer.StartAsync(context => Interlocked.Increment(ref count) == 5
            ? context.Response.WriteAsync("No data")
            : ProviderServer.RefuseAsync(context, 500));
        await using var host = new ProviderHost(server.Url, time, _stooq, ("Stooq:Retries", "0"));

        for (var i = 0; i < 9; i++)
        {
            await host.FailureAsync(ProviderName.Stooq);
            Assert.Equal(BreakerState.Closed, host.Record(ProviderName.Stooq).Breaker);
            time.Advance(TimeSpan.FromMinutes(5));
        }

        await host.FailureAsync(ProviderName.Stooq);
        Assert.Equal(BreakerState.Open, host.Record(ProviderName.Stooq).Breaker);
    }

    [Fact]
    public void After_its_time_the_breaker_lets_one_try_through_and_goes_by_it()
    {
        var time = new HeldTime();
        var breaker = new ProviderBreaker(failures: 1, TimeSpan.FromSeconds(60), time);
        Assert.Null(breaker.Enter(out var first));
        breaker.Failed(first);
        time.Advance(TimeSpan.FromSeconds(60));

        Assert.Null(breaker.Enter(out var probe));
        Assert.Equal(TimeSpan.Zero, breaker.Enter(out _));
        breaker.Failed(probe);
        Assert.Equal(TimeSpan.FromSeconds(60), breaker.Enter(out _));
        time.Advance(TimeSpan.FromSeconds(61));
        Assert.Null(breaker.Enter(out var left));
        breaker.Left(left);
        Assert.Null(breaker.Enter(out var last));
        breaker.Succeeded(last);
        Assert.Equal(BreakerState.Closed, breaker.State);
    }

    [Fact]
    public void What_was_under_way_when_the_breaker_opened_says_nothing_of_now()
    {
        var time = new HeldTime();
        var breaker = new ProviderBreaker(failures: 1, TimeSpan.FromSeconds(60), time);
        Assert.Null(breaker.Enter(out var given));
        Assert.Null(breaker.Enter(out var answered));
        Assert.Null(breaker.Enter(out var failed));
        Assert.Null(breaker.Enter(out var opening));
        breaker.Failed(opening);
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.Null(breaker.Enter(out var probe));

        breaker.Left(given);
        Assert.Equal(TimeSpan.Zero, breaker.Enter(out _));
        breaker.Succeeded(answered);
        Assert.Equal(BreakerState.HalfOpen, breaker.State);
        breaker.Failed(probe);
        Assert.Equal(BreakerState.Open, breaker.State);

        time.Advance(TimeSpan.FromSeconds(60));
        Assert.Null(breaker.Enter(out var again));
        breaker.Succeeded(again);
        breaker.Failed(failed);
        Assert.Equal(BreakerState.Closed, breaker.State);
    }

    [Fact]
    public async Task Waiting_for_its_turn_does_not_count_as_asking()
    {
        // The last has its turn after 2.75 s.
        await using var server = await ProviderServer.StartAsync("No data");
        await using var host = new ProviderHost(
            server.Url,
            _stooq,
            ("Stooq:RequestsPerSecond", "4"),
            ("Stooq:Burst", "1"),
            ("Stooq:Timeout", "00:00:02"),
            ("Stooq:TotalTimeout", "00:00:02"));

        var failures = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => host.FailureAsync(ProviderName.Stooq)));

        Assert.All(failures, failure => Assert.Equal(FailureKind.NotFound, failure.Kind));
        Assert.Equal(12, server.Requests.Count);
    }

    [Fact]
    public async Task Tries_and_the_pauses_between_them_end_after_their_time()
    {
        await using var server = await ProviderServer.StartAsync(context => ProviderServer.RefuseAsync(context, 500));
        await using var host = new ProviderHost(
            server.Url,
            _stooq,
            ("Stooq:FirstDelay", "00:01:00"),
            ("Stooq:Timeout", "00:00:01"),
            ("Stooq:TotalTimeout", "00:00:01"));

        var failure = await host.FailureAsync(ProviderName.Stooq);

        Assert.Equal(FailureKind.Transient, failure.Kind);
        Assert.Contains("in several tries", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_waits_in_the_queue_of_a_provider_that_breaks_takes_no_turn()
    {
        var time = new SkippingTime(TimeSpan.FromSeconds(5));
        await using var server = await ProviderServer.StartAsync(context => ProviderServer.RefuseAsync(context, 500));
        await using var host = new ProviderHost(
            server.Url,
            time,
            _stooq,
            ("Stooq:Retries", "0"),
            ("Stooq:AtOnce", "1"),
            ("Stooq:Burst", "1"),
            ("Stooq:RequestsPerSecond", "10"));

        var failures = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.FailureAsync(ProviderName.Stooq)));

        Assert.Equal(5, failures.Count(failure => !failure.IsUnasked));
        // The first goes at once, four more in their turn.
        Assert.Equal(4, time.Skipped.Count);
    }

    [Fact]
    public async Task Unknown_symbols_do_not_open_the_breaker()
    {
        await using var server = await ProviderServer.StartAsync("No data");
        await using var host = new ProviderHost(server.Url, _stooq);

        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(FailureKind.NotFound, (await host.FailureAsync(ProviderName.Stooq)).Kind);
        }

        Assert.Equal(10, server.Requests.Count);
    }

    [Fact]
    public async Task A_short_Retry_After_is_waited_out_by_everyone_who_asks()
    {
        var time = new SkippingTime(TimeSpan.FromSeconds(8));
        var count = 0;
        await using var server = await ProviderServer.StartAsync(context => Interlocked.Increment(ref count) == 1
            ? ProviderServer.RefuseAsync(context, 429, retryAfter: 7)
            : context.Response.WriteAsync("No data"));
        await using var host = new ProviderHost(server.Url, time, _stooq);

        await host.FailureAsync(ProviderName.Stooq);
        await host.FailureAsync(ProviderName.Stooq);

        Assert.Contains(TimeSpan.FromSeconds(7), time.Skipped);
        // The clock stands still: what is asked after it has the rest of the seven seconds before it as well.
        Assert.Equal(3, time.Skipped.Count(wait => wait > TimeSpan.FromSeconds(6)));
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task With_a_long_Retry_After_the_provider_is_left_alone()
    {
        var time = new SteppedTime();
        var count = 0;
        await using var server = await ProviderServer.StartAsync(context => Interlocked.Increment(ref count) == 1
            ? ProviderServer.RefuseAsync(context, 429, retryAfter: 3600)
            : context.Response.WriteAsync("No data"));
        await using var host = new ProviderHost(server.Url, time, _stooq);

        var refused = await host.FailureAsync(ProviderName.Stooq);
        var unasked = await host.FailureAsync(ProviderName.Stooq);
        time.Advance(TimeSpan.FromSeconds(3601));
        var asked = await host.FailureAsync(ProviderName.Stooq);

        Assert.Equal((FailureKind.RateLimited, false), (refused.Kind, refused.IsUnasked));
        Assert.Equal((FailureKind.RateLimited, true), (unasked.Kind, unasked.IsUnasked));
        Assert.Equal(FailureKind.NotFound, asked.Kind);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_Retry_After_of_years_is_an_hour()
    {
        var time = new SteppedTime();
        var count = 0;
        await using var server = await ProviderServer.StartAsync(context =>
        {
            context.Response.Headers.RetryAfter = "Fri, 31 Dec 9999 23:59:59 GMT";
            return Interlocked.Increment(ref count) == 1
                ? ProviderServer.RefuseAsync(context, 429)
                : context.Response.WriteAsync("No data");
        });
        await using var host = new ProviderHost(server.Url, time, _stooq);

        Assert.Equal(TimeSpan.FromHours(1), (await host.FailureAsync(ProviderName.Stooq)).RetryAfter);
        Assert.True((await host.FailureAsync(ProviderName.Stooq)).IsUnasked);
        time.Advance(TimeSpan.FromSeconds(3601));

        Assert.Equal(FailureKind.NotFound, (await host.FailureAsync(ProviderName.Stooq)).Kind);
    }

    [Fact]
    public async Task Waits_between_tries_double_about()
    {
        var time = new SkippingTime(TimeSpan.FromSeconds(9));
        await using var server = await ProviderServer.StartAsync(context => ProviderServer.RefuseAsync(context, 503));
        await using var host = new ProviderHost(server.Url, time, _stooq, ("Stooq:FirstDelay", "00:00:01"));

        await host.FailureAsync(ProviderName.Stooq);

        // Polly's jitter keeps the sum within some times of 1 + 2 + 4 seconds, and no wait is fixed.
        Assert.Equal(3, time.Skipped.Count);
        Assert.All(time.Skipped, wait => Assert.InRange(wait.TotalSeconds, 0, 9));
        Assert.Equal(3, time.Skipped.Distinct().Count());
    }

    [Fact]
    public async Task A_burst_goes_at_once_and_the_rest_at_the_rate()
    {
        var time = new HeldTime();
        var pace = new RequestPace(perSecond: 10, burst: 3, time);

        var waits = Enumerable.Range(0, 6).Select(_ => pace.WaitAsync(Cancellation)).ToArray();

        Assert.Equal([true, true, true, false, false, false], waits.Select(wait => wait.IsCompleted));
        Assert.Equal([100, 200, 300], time.Held.Select(wait => wait.TotalMilliseconds));
        time.Advance(TimeSpan.FromSeconds(60));
        var later = Enumerable.Range(0, 4).Select(_ => pace.WaitAsync(Cancellation)).ToArray();
        Assert.Equal([true, true, true, false], later.Select(wait => wait.IsCompleted));
        await Task.WhenAll(waits[..3]);
    }

    [Fact]
    public async Task No_more_requests_are_under_way_than_allowed()
    {
        var (under, most) = (0, 0);
        await using var server = await ProviderServer.StartAsync(async context =>
        {
            var now = Interlocked.Increment(ref under);
            InterlockedMax(ref most, now);
            await Task.Yield();
            await context.Response.WriteAsync("No data");
            Interlocked.Decrement(ref under);
        });
        await using var host = new ProviderHost(server.Url, _stooq, ("Stooq:AtOnce", "3"));

        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => host.FailureAsync(ProviderName.Stooq)));

        Assert.InRange(most, 1, 3);
        Assert.Equal(40, server.Requests.Count);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        var known = Volatile.Read(ref most);
        while (value > known && Interlocked.CompareExchange(ref most, value, known) is var seen && seen != known)
        {
            known = seen;
        }
    }
}

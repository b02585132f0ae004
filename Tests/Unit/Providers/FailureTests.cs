using System.Net;
using Microsoft.AspNetCore.Http;
using Trading.PricingWorker.Providers;
using Trading.PricingWorker.Providers.Http;

namespace Trading.Tests.Unit.Providers;

/// <summary>Guarantee 18, as far as each client goes: no answer that makes no sense becomes a bar.</summary>
public sealed class FailureTests
{
    private const int Megabyte = 1 << 20;

    public static TheoryData<string> Everyone { get; } = ["Yahoo", "Binance", "Stooq", "Ecb"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Everyone))]
    public async Task Too_many_requests_are_tried_again_three_times_and_are_rate_limited(string provider)
    {
        var (failure, tries) = await AskAsync(provider, context => ProviderServer.RefuseAsync(context, 429, retryAfter: 0));

        Assert.Equal(FailureKind.RateLimited, failure.Kind);
        Assert.Equal(HttpStatusCode.TooManyRequests, failure.Status);
        Assert.Equal(4, tries);
    }

    [Theory]
    [MemberData(nameof(Everyone))]
    public async Task A_failure_of_the_server_is_tried_again_three_times_and_is_transient(string provider)
    {
        var (failure, tries) = await AskAsync(provider, context => ProviderServer.RefuseAsync(context, 500, "oops"));

        Assert.Equal(FailureKind.Transient, failure.Kind);
        Assert.Equal(4, tries);
    }

    [Theory]
    [MemberData(nameof(Everyone))]
    public async Task What_succeeds_at_the_third_try_is_an_answer(string provider)
    {
        var count = 0;
        await using var server = await ProviderServer.StartAsync(context => Interlocked.Increment(ref count) < 3
            ? ProviderServer.RefuseAsync(context, 503)
            : ProviderServer.WriteAsync(context, Sound(provider)));
        var name = Enum.Parse<ProviderName>(provider);
        var (setting, instrument) = Asked.Case(name);

        var history = await server.DailyAsync(name, instrument, setting);

        Assert.Equal(1.5, Assert.Single(history.Bars).Bar.Close);
        Assert.Equal(3, server.Requests.Count);
    }

    [Theory]
    [MemberData(nameof(Everyone))]
    public async Task An_answer_that_does_not_come_is_given_up(string provider)
    {
        var (failure, tries) = await AskAsync(
            provider,
            context => Task.Delay(Timeout.Infinite, context.RequestAborted),
            ($"{provider}:Timeout", "00:00:00.5"));

        Assert.Equal(FailureKind.Transient, failure.Kind);
        Assert.Equal(4, tries);
    }

    [Theory]
    [MemberData(nameof(Everyone))]
    public async Task An_answer_that_stops_halfway_is_given_up(string provider)
    {
        var (failure, tries) = await AskAsync(
            provider,
            async context =>
            {
                await ProviderServer.WriteAsync(context, Sound(provider)[..20]);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            },
            ($"{provider}:Timeout", "00:00:00.5"));

        Assert.Equal(FailureKind.Transient, failure.Kind);
        Assert.Equal(4, tries);
    }

    [Theory]
    [MemberData(nameof(Everyone))]
    public async Task A_page_for_people_is_invalid_data(string provider)
    {
        var (failure, tries) = await AskAsync(provider, context =>
        {
            context.Response.ContentType = "text/html";
            return context.Response.WriteAsync(
                "<!DOCTYPE html>\n<html><body>We are down for maintenance, back soon.</body></html>\n");
        });

        Assert.Equal(FailureKind.InvalidData, failure.Kind);
        Assert.Equal(1, tries);
    }

    [Theory]
    [MemberData(nameof(Everyone))]
    public async Task An_answer_that_is_cut_short_is_invalid_data(string provider)
    {
        var sound = Sound(provider);

        var (failure, _) = await AskAsync(provider, context => ProviderServer.WriteAsync(context, sound[..^2]));

        Assert.Equal(FailureKind.InvalidData, failure.Kind);
    }

    [Theory]
    [MemberData(nameof(Everyone))]
    public async Task An_answer_shorter_than_it_said_is_transient(string provider)
    {
        var sound = Sound(provider);

        var (failure, tries) = await AskAsync(provider, async context =>
        {
            context.Response.ContentLength = sound.Length;
            await ProviderServer.WriteAsync(context, sound[..^3]);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            context.Abort();
        });

        Assert.Equal(FailureKind.Transient, failure.Kind);
        Assert.Equal(4, tries);
    }

    [Theory]
    [MemberData(nameof(Everyone))]
    public async Task An_answer_of_100_MB_is_cut_off_early(string provider)
    {
        var name = Enum.Parse<ProviderName>(provider);
        await using var server = new EndlessServer(
            Start(provider), provider is "Yahoo" or "Binance" ? (byte)' ' : (byte)'\n');
        await using var host = new ProviderHost(
            server.Url, Asked.Case(name).Setting, ($"{provider}:MaxBodyBytes", $"{Megabyte}"));

        var failure = await host.FailureAsync(name);

        Assert.Equal(FailureKind.InvalidData, failure.Kind);
        Assert.Contains($"longer than {Megabyte} bytes", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, server.Requests);
        // Beyond the limit there are the buffers of both ends.
        Assert.True(server.Taken < 20 * Megabyte, $"{server.Taken} bytes were taken.");
    }

    [Theory]
    [MemberData(nameof(Everyone))]
    public async Task An_answer_that_says_it_is_too_long_is_not_read(string provider)
    {
        var (failure, _) = await AskAsync(provider, context =>
        {
            context.Response.ContentLength = 100 * Megabyte;
            return ProviderServer.WriteAsync(context, Start(provider));
        });

        Assert.Equal(FailureKind.InvalidData, failure.Kind);
        Assert.Contains("longer than", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(401)]
    [InlineData(451)]
    public async Task A_refusal_is_fatal_and_not_tried_again(int status)
    {
        var (failure, tries) = await AskAsync("Stooq", context => ProviderServer.RefuseAsync(context, status));

        Assert.Equal(FailureKind.Fatal, failure.Kind);
        Assert.Equal(1, tries);
    }

    [Fact]
    public async Task Nobody_there_is_transient()
    {
        await using var host = new ProviderHost("http://127.0.0.1:9", ("Equity", "Yahoo"));

        Assert.Equal(FailureKind.Transient, (await host.FailureAsync(ProviderName.Yahoo)).Kind);
    }

    // The last is what SocketsHttpHandler throws where no connection comes about within its ConnectTimeout.
    [Theory]
    [InlineData(typeof(ArgumentOutOfRangeException), "invalid_data")]
    [InlineData(typeof(OverflowException), "invalid_data")]
    [InlineData(typeof(TaskCanceledException), "transient")]
    public async Task What_nobody_has_foreseen_is_a_failure_too_and_counts(Type unforeseen, string kind)
    {
        var options = new HttpProviderOptions { Retries = 0, BreakAfter = 1 };
        await using var host = new ProviderHost("http://localhost");
        var record = host.Record(ProviderName.Stooq);
        using var gate = new ProviderGate(options, record, null, TimeProvider.System);
        await using var server = await ProviderServer.StartAsync("anything");
        using var client = new HttpClient();
        var http = new ProviderHttp(client, gate, options, TimeProvider.System);

        var failure = await Assert.ThrowsAsync<ProviderException>(() =>
            http.GetAsync<int>("daily", new Uri(server.Url), (_, _) => throw (Exception)Activator.CreateInstance(unforeseen)!, Cancellation));

        Assert.Equal(kind, failure.Kind.Code());
        Assert.Equal(1, record.FailuresOf(failure.Kind));
        Assert.Equal(BreakerState.Open, record.Breaker);
    }

    private static async Task<(ProviderException Failure, int Tries)> AskAsync(
        string provider, RequestDelegate answer, params (string Key, string Value)[] settings)
    {
        var name = Enum.Parse<ProviderName>(provider);
        await using var server = await ProviderServer.StartAsync(answer);
        await using var host = new ProviderHost(server.Url, [Asked.Case(name).Setting, .. settings]);
        var failure = await host.FailureAsync(name);
        var tries = (int)host.Record(name).FailuresOf(failure.Kind);
        // A try may time out before it has reached the server.
        Assert.InRange(server.Requests.Count, 0, tries);
        Assert.Equal(failure.Message, host.Record(name).LastFailure?.Message);
        return (failure, tries);
    }

    private static byte[] Sound(string provider) => System.Text.Encoding.UTF8.GetBytes(provider switch
    {
        "Yahoo" =>
            """
            {"chart":{"result":[{"meta":{"currency":"USD","exchangeTimezoneName":"America/New_York"},"timestamp":[1577975400],
            "indicators":{"quote":[{"open":[1],"high":[2],"low":[0.5],"close":[1.5],"volume":[10]}]}}],"error":null}}
            """,
        "Binance" => """[[1577836800000,"1","2","0.5","1.5","10",1577923199999,"1",1,"1","1","0"]]""",
        "Ecb" => "Date,USD,JPY\n2020-01-02,1.5,1",
        _ => "Date,Open,High,Low,Close,Volume\n2020-01-02,1,2,0.5,1.5,7",
    });

    private static byte[] Start(string provider) => provider switch
    {
        "Yahoo" => "{\"chart\":"u8.ToArray(),
        "Binance" => "["u8.ToArray(),
        "Ecb" => "Date,USD\n"u8.ToArray(),
        _ => "Date,Open,High,Low,Close,Volume\n"u8.ToArray(),
    };
}

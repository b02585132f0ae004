using System.Diagnostics;
using System.Net;
using System.Net.WebSockets;
using Trading.Contracts;
using Trading.Tests.Unit.Api;

namespace Trading.Tests.Integration;

/// <summary>Backtests that are too long for a request: the worker runs them.</summary>
[Collection(SystemTests.Name)]
public sealed class BacktestJobTests(TradingSystem system)
{
    // The whole grid of the sweep below.
    private const int Everything = 49 * 36 * 45;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_long_one_is_queued_tells_how_far_it_is_and_ends_with_a_result()
    {
        var user = await system.SubscribeAsync(Tiers.Pro, Cancellation);
        using var socket = await OpenAsync(user);

        var queued = await user.Api.StartBacktestAsync(await SweepAsync(4000), Cancellation);

        Assert.Contains(queued.State, new[] { "queued", "running" });
        var told = await socket.ReadUntilAsync("backtest_progress");
        Assert.Equal(queued.Id, (Guid)told["id"]!);
        var done = await EndAsync(user, queued.Id);
        Assert.Equal("succeeded", done.State);
        Assert.Equal(4000, done.Trials);
        var sweep = done.Result!.Sweep!;
        Assert.Equal(1000, sweep.Trials.Count);
        Assert.Equal(5, sweep.Windows.Count);
        Assert.All(sweep.Windows, window => Assert.True(window.TrainTo < window.TestFrom, "Chosen before it is tried."));
        Assert.InRange(sweep.DeflatedSharpe!.Value, 0, sweep.ProbabilisticSharpe!.Value);
    }

    [Fact]
    public async Task Cancelling_ends_a_running_one_within_seconds()
    {
        var user = await system.SubscribeAsync(Tiers.Pro, Cancellation);
        var queued = await user.Api.StartBacktestAsync(await SweepAsync(Everything), Cancellation);
        await Eventually.IsTrueAsync(
            async () => (await user.Api.GetBacktestAsync(queued.Id, Cancellation)).State == "running", "a worker has begun");

        await user.Api.CancelBacktestAsync(queued.Id, Cancellation);

        await Eventually.IsTrueAsync(
            async () => (await user.Api.GetBacktestAsync(queued.Id, Cancellation)).State == "cancelled",
            "the worker has noticed",
            TimeSpan.FromSeconds(5));
        var refused = await Assert.ThrowsAsync<TradingApiException>(
            () => user.Api.CancelBacktestAsync(queued.Id, Cancellation));
        Assert.Equal(ErrorCodes.NotRunning, refused.Code);
    }

    [Fact]
    public async Task A_killed_workers_job_is_done_by_the_next_and_comes_to_the_same()
    {
        var user = await system.SubscribeAsync(Tiers.Pro, Cancellation);
        var request = await SweepAsync(20_000) with { To = "2025-12-31" };
        var queued = await user.Api.StartBacktestAsync(request, Cancellation);
        await Eventually.IsTrueAsync(
            async () => (await user.Api.GetBacktestAsync(queued.Id, Cancellation)).State == "running", "a worker has begun");

        using (var worker = Process.GetProcessById(await system.ProcessIdAsync("pricingworker", not: 0, Cancellation)))
        {
            worker.Kill();
            await worker.WaitForExitAsync(Cancellation);
        }

        await system.StartAsync("pricingworker");
        var resumed = await EndAsync(user, queued.Id);
        var undisturbed = await EndAsync(user, (await user.Api.StartBacktestAsync(request, Cancellation)).Id);

        Assert.Equal("succeeded", resumed.State);
        Assert.Equal(undisturbed.Figures! with { DurationMs = 0 }, resumed.Figures! with { DurationMs = 0 });
        Assert.Equal(undisturbed.Result!.Sweep!.Selected, resumed.Result!.Sweep!.Selected);
    }

    [Fact]
    public async Task Oversized_backtests_are_422_or_queued_under_a_quota()
    {
        var user = await system.SubscribeAsync(Tiers.Enterprise, Cancellation);
        var ticker = await system.AnyTickerAsync(Cancellation);
        var sweep = await SweepAsync(Everything);
        var tooMany = sweep with
        {
            Strategy = "macd",
            Sweep = new BacktestSweep([new("fast", 2, 50, 1), new("slow", 10, 200, 1), new("smoothing", 2, 50, 1)]),
        };

        var refused = await Assert.ThrowsAsync<TradingApiException>(
            () => user.Api.StartBacktestAsync(tooMany, Cancellation));
        var queued = new List<Guid>();
        var full = await Assert.ThrowsAsync<TradingApiException>(async () =>
        {
            while (queued.Count < 60)
            {
                queued.Add((await user.Api.StartBacktestAsync(sweep, Cancellation)).Id);
            }
        });
        var before = (await system.Api.GetQuoteAsync(ticker, Cancellation)).Seq;
        await Eventually.IsTrueAsync(
            async () => (await system.Api.GetQuoteAsync(ticker, Cancellation)).Seq > before, "quotes go on meanwhile");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, ErrorCodes.TooLarge), (refused.Status, refused.Code));
        Assert.Contains("sweep.trials", refused.Detail, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Conflict, ErrorCodes.TooMany), (full.Status, full.Code));
        Assert.Equal(50, queued.Count);
        foreach (var id in queued)
        {
            await user.Api.DeleteBacktestAsync(id, Cancellation);
        }

        Assert.Empty((await user.Api.ListBacktestsAsync(cancellationToken: Cancellation)).Items);
    }

    private static Task<BacktestResponse> EndAsync(TestUser user, Guid id) => Eventually.ReturnsAsync(
        async () => await user.Api.GetBacktestAsync(id, Cancellation) is { IsOver: true } over ? over : null,
        "the backtest is over",
        TimeSpan.FromMinutes(2));

    private async Task<BacktestRequest> SweepAsync(int trials) => new()
    {
        Strategy = "rsi_reversion",
        Instruments = [await system.AnyTickerAsync(Cancellation)],
        BootstrapSamples = 0,
        Sweep = new BacktestSweep([new("period", 2, 50, 1), new("oversold", 10, 45, 1), new("recovered", 46, 90, 1)], trials),
    };

    private async Task<StreamClient> OpenAsync(TestUser user)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {user.Tokens.AccessToken}");
        await socket.ConnectAsync(UserStream.UrlOf(system.ApiAddress), Cancellation);
        return new StreamClient(socket);
    }
}

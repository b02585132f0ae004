using System.Net;
using System.Net.WebSockets;
using Trading.Contracts;
using Trading.Tests.Unit.Api;

namespace Trading.Tests.Integration;

/// <summary>Experiments over the API, and the worker that takes them on.</summary>
[Collection(SystemTests.Name)]
public sealed class ExperimentTests(TradingSystem system)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_running_one_is_taken_on_by_the_worker_and_its_owner_is_told()
    {
        var user = await system.SignInAsync(Cancellation);
        using var socket = await OpenAsync(user);
        var begun = await user.Api.StartExperimentAsync(await RequestAsync() with { Name = "Two crosses" }, Cancellation);
        Assert.Equal(("running", "Two crosses", 0), (begun.State, begun.Name, begun.Bars));
        Assert.Equal(begun.StartedAt.AddDays(1), begun.CountsFrom);
        Assert.Equal(["slow", "macd", "own"], begun.Arms.Select(arm => arm.Name));
        Assert.All(begun.Arms, arm => Assert.Equal(50_000, arm.Equity));

        await system.BeganEarlierAsync(begun.Id, TimeSpan.FromDays(400), Cancellation);
        var told = await socket.ReadUntilAsync("experiment_progress");

        Assert.Equal(begun.Id, (Guid)told["id"]!);
        Assert.Equal(3, told["arms"]!.AsArray().Count);
        var now = await user.Api.GetExperimentAsync(begun.Id, Cancellation);
        Assert.InRange(now.Bars, 200, 400);
        Assert.Equal((int)told["bars"]!, now.Bars);
        Assert.Null(now.Arms[0].Test);
        Assert.All(now.Arms.Skip(1), arm => Assert.True(arm.Test!.Low < arm.Test.High || arm.Test.Low is null));
        Assert.Contains(now.Arms, arm => arm.Trades > 0);
        Assert.All(now.Arms, arm => Assert.InRange(arm.Equity / 50_000 - 1 - arm.TotalReturn, -1e-9, 1e-9));
        await TheCourseFitsAsync(user, now);
    }

    [Fact]
    public async Task One_is_listed_stopped_and_deleted()
    {
        var user = await system.SignInAsync(Cancellation);
        var first = await user.Api.StartExperimentAsync(await RequestAsync(), Cancellation);
        var second = await user.Api.StartExperimentAsync(await RequestAsync(), Cancellation);

        var page = await user.Api.ListExperimentsAsync(limit: 1, cancellationToken: Cancellation);
        var rest = await user.Api.ListExperimentsAsync(page.NextCursor, 1, Cancellation);
        Assert.Equal([second.Id, first.Id], page.Items.Concat(rest.Items).Select(each => each.Id));
        Assert.Null(rest.NextCursor);

        var stopped = await user.Api.StopExperimentAsync(first.Id, Cancellation);
        Assert.Equal("stopped", stopped.State);
        Assert.NotNull(stopped.FinishedAt);
        var again = await Assert.ThrowsAsync<TradingApiException>(() => user.Api.StopExperimentAsync(first.Id, Cancellation));
        Assert.Equal(ErrorCodes.NotRunning, again.Code);

        await user.Api.DeleteExperimentAsync(first.Id, Cancellation);
        var gone = await Assert.ThrowsAsync<TradingApiException>(() => user.Api.GetExperimentAsync(first.Id, Cancellation));
        Assert.Equal(HttpStatusCode.NotFound, gone.Status);
    }

    [Fact]
    public async Task A_tier_runs_as_many_at_a_time_as_it_may()
    {
        var user = await system.SignInAsync(Cancellation);
        var request = await RequestAsync();
        await user.Api.StartExperimentAsync(request, Cancellation);
        var second = await user.Api.StartExperimentAsync(request, Cancellation);

        var refused = await Assert.ThrowsAsync<TradingApiException>(() => user.Api.StartExperimentAsync(request, Cancellation));

        Assert.Equal((HttpStatusCode.Conflict, ErrorCodes.TooMany), (refused.Status, refused.Code));
        await user.Api.StopExperimentAsync(second.Id, Cancellation);
        await user.Api.StartExperimentAsync(request, Cancellation);
    }

    [Fact]
    public async Task All_that_is_wrong_is_told_at_once_and_of_which_arm()
    {
        var user = await system.SignInAsync(Cancellation);
        var request = await RequestAsync() with
        {
            Arms =
            [
                new() { Strategy = "ma_cross", Arguments = new Dictionary<string, double> { ["nothing"] = 1 } },
                new() { Source = "entry: close >" },
            ],
            Horizon = 10,
            ErrorRate = 0.9,
            Cash = -1,
        };

        var refused = await Assert.ThrowsAsync<TradingApiException>(() => user.Api.StartExperimentAsync(request, Cancellation));

        Assert.Equal(ErrorCodes.ValidationFailed, refused.Code);
        Assert.Contains(
            "arms[0].arguments, arms[1].source, cash, error_rate, horizon;", refused.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_strategy_alone_or_two_of_one_name_are_no_experiment()
    {
        var user = await system.SignInAsync(Cancellation);
        var request = await RequestAsync();

        foreach (var arms in new ExperimentArmRequest[][]
        {
            [new() { Strategy = "macd" }],
            [new() { Strategy = "macd" }, new() { Strategy = "macd" }],
            [new() { Strategy = "macd" }, null!],
        })
        {
            var refused = await Assert.ThrowsAsync<TradingApiException>(
                () => user.Api.StartExperimentAsync(request with { Arms = arms }, Cancellation));
            Assert.Contains("accepted: arms;", refused.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task One_too_large_is_refused_and_one_without_bars_too()
    {
        var user = await system.SignInAsync(Cancellation);
        var request = await RequestAsync();
        var ticker = $"N{Guid.NewGuid().ToString("n")[..8].ToUpperInvariant()}";
        await using var insert = system.Database.CreateCommand(
            "INSERT INTO instruments (ticker, name, country, currency, exchange, synthetic) VALUES ($1, $1, 'US', 'USD', 'XNYS', true)");
        insert.Parameters.AddWithValue(ticker);
        await insert.ExecuteNonQueryAsync(Cancellation);

        var empty = await Eventually.ReturnsAsync(
            async () =>
            {
                var failure = await Assert.ThrowsAsync<TradingApiException>(() =>
                    user.Api.StartExperimentAsync(request with { Instruments = [ticker] }, Cancellation));
                return failure.Status == HttpStatusCode.UnprocessableEntity ? failure : null;
            },
            "the instrument is known");
        var page = await system.Api.SearchInstrumentsAsync(new InstrumentQuery { Limit = 20 }, Cancellation);
        var large = await Assert.ThrowsAsync<TradingApiException>(() => user.Api.StartExperimentAsync(
            request with { Instruments = [.. page.Items.Select(item => item.Ticker)], Horizon = 20_000 }, Cancellation));

        Assert.Equal(ErrorCodes.NoBars, empty.Code);
        Assert.Equal(ErrorCodes.TooLarge, large.Code);
    }

    private static async Task TheCourseFitsAsync(TestUser user, ExperimentResponse experiment)
    {
        var all = await user.Api.GetExperimentPointsAsync(experiment.Id, 5000, Cancellation);
        var some = await user.Api.GetExperimentPointsAsync(experiment.Id, 7, Cancellation);

        Assert.Equal(experiment.Bars, all.Bars.Count);
        Assert.Equal(experiment.LastTime, all.Times[^1]);
        Assert.All(all.Times, time => Assert.True(time >= all.Times[0]));
        Assert.Equal((7, experiment.Bars), (some.Bars.Count, some.Bars[^1]));
        for (var arm = 0; arm < experiment.Arms.Count; arm++)
        {
            Assert.Equal(experiment.Arms[arm].Equity, all.Arms[arm].Equity[^1]);
            Assert.Equal(experiment.Arms[arm].Exposure, all.Arms[arm].Exposure[^1]);
            Assert.Equal(experiment.Arms[arm].Test?.Mean, some.Arms[arm].Test?.Mean[^1]);
            Assert.Equal(experiment.Arms[arm].Test?.Low, some.Arms[arm].Test?.Low[^1]);
        }

        Assert.Null(all.Arms[1].Test!.Low[0]);
    }

    private async Task<ExperimentRequest> RequestAsync() => new()
    {
        Instruments = [await system.AnyTickerAsync(Cancellation)],
        Arms =
        [
            new() { Name = "slow", Strategy = "ma_cross" },
            new() { Strategy = "macd" },
            new() { Name = "own", Source = "entry: rsi(5) < 40\nexit: rsi(5) > 60" },
        ],
        Cash = 50_000,
    };

    private async Task<StreamClient> OpenAsync(TestUser user)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {user.Tokens.AccessToken}");
        await socket.ConnectAsync(UserStream.UrlOf(system.ApiAddress), Cancellation);
        return new StreamClient(socket);
    }
}

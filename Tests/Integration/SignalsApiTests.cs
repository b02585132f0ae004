using System.Net;
using Trading.Contracts;

namespace Trading.Tests.Integration;

/// <summary>The signals that the worker made of the invented market's past when the system started.</summary>
[Collection(SystemTests.Name)]
public sealed class SignalsApiTests(TradingSystem system)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_fresh_install_has_signals_with_results_and_a_calibration()
    {
        var user = await ReadyAsync();
        using var own = user.Http;

        var latest = await user.Api.GetLatestSignalsAsync("1d", Cancellation);
        var calibration = await user.Api.GetSignalCalibrationAsync(null, Cancellation);

        Assert.NotEmpty(latest);
        Assert.All(latest, signal => Assert.Equal("active", signal.State));
        Assert.Equal(latest.Count, latest.Select(signal => signal.Ticker).Distinct().Count());
        Assert.Equal("calibrated", calibration.Status);
        Assert.True(calibration.Resolved >= 500);
        Assert.Equal(calibration.Reliability!.Count, calibration.Reliability.Bins.Sum(bin => bin.Observed.Count));
        Assert.InRange(calibration.Reliability.Brier, 0, 0.3);
    }

    [Fact]
    public async Task A_signal_tells_its_numbers_and_its_history()
    {
        var user = await ReadyAsync();
        using var own = user.Http;
        var page = await user.Api.SearchSignalsAsync(new SignalSearch { State = "stopped", Limit = 1 }, Cancellation);

        var detail = await user.Api.GetSignalAsync(page.Items[0].Id, Cancellation);

        var signal = detail.Signal;
        Assert.Equal(["active", "stopped"], detail.History.Select(step => step.State));
        Assert.Equal((signal.Time, signal.Entry), (detail.History[0].Time, detail.History[0].Price));
        Assert.Equal((signal.ResolvedAt, signal.ExitPrice), (detail.History[1].Time, detail.History[1].Price));
        Assert.Equal(Math.Abs(signal.Entry - signal.Stop) / signal.Entry, signal.RiskPct, 12);
        Assert.True(signal.R < 0.01);
        Assert.Contains("rsi_14", signal.TechnicalIndicators.Keys);
        Assert.True(signal.Rationale.Count >= 6);
    }

    [Fact]
    public async Task Filters_filter_and_a_cursor_walk_gives_each_signal_once()
    {
        var user = await ReadyAsync();
        using var own = user.Http;
        var ticker = (await user.Api.SearchSignalsAsync(new SignalSearch { Limit = 1 }, Cancellation)).Items[0].Ticker;
        var search = new SignalSearch { Ticker = ticker, Direction = "long", Interval = "1d", MinConfidence = 0.1 };

        var walked = await ReadAsync(user.Api, search with { Limit = 7 });
        var whole = await user.Api.SearchSignalsAsync(search with { Limit = 1000 }, Cancellation);
        var late = await user.Api.SearchSignalsAsync(
            search with { From = whole.Items[2].Time.ToString("O"), Limit = 1000 }, Cancellation);

        Assert.True(walked.Count > 10);
        Assert.Equal(whole.Items.Select(signal => signal.Id), walked.Select(signal => signal.Id));
        Assert.All(walked, signal => Assert.Equal((ticker, "long"), (signal.Ticker, signal.Direction)));
        Assert.Equal(walked.OrderByDescending(signal => signal.Time).Select(one => one.Id), walked.Select(one => one.Id));
        Assert.Equal(3, late.Items.Count);
    }

    [Theory]
    [InlineData("state=won", ErrorCodes.InvalidParameter)]
    [InlineData("direction=up", ErrorCodes.InvalidParameter)]
    [InlineData("regime=calm", ErrorCodes.InvalidParameter)]
    [InlineData("min_confidence=2", ErrorCodes.InvalidParameter)]
    [InlineData("min_confidence=NaN", ErrorCodes.InvalidParameter)]
    [InlineData("interval=2d", ErrorCodes.UnknownInterval)]
    [InlineData("from=yesterday", ErrorCodes.InvalidDate)]
    [InlineData("from=2026-02-01&to=2026-01-01", ErrorCodes.InvalidRange)]
    [InlineData("limit=0", ErrorCodes.InvalidParameter)]
    [InlineData("cursor=AAAA", ErrorCodes.InvalidCursor)]
    [InlineData("owner=me", ErrorCodes.UnknownParameter)]
    public async Task Filters_that_mean_nothing_are_400(string query, string code)
    {
        var user = await system.SignInAsync(Cancellation);
        using var own = user.Http;

        using var answer = await user.Http.GetAsync(new Uri($"/api/v1/signals?{query}", UriKind.Relative), Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains($"\"{code}\"", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_showcase_counts_every_end_the_losers_too()
    {
        var user = await ReadyAsync();
        using var own = user.Http;

        var showcase = await user.Api.GetSignalShowcaseAsync("1d", Cancellation);

        var all = showcase.Groups.Single(group => group.Group == "all");
        Assert.Equal(all.Resolved, all.TargetHit + all.Stopped + all.Expired + all.Invalidated);
        Assert.Equal(all.Resolved, await CountAsync("state <> 0 AND reason <> 'prices corrected'"));
        Assert.Equal(all.TargetHit, await CountAsync("state = 1"));
        Assert.Equal((double)all.TargetHit / all.Resolved, all.HitRate.Share!.Value, 12);
        Assert.True(all.HitRate.Low < all.HitRate.Share && all.HitRate.Share < all.HitRate.High);
        Assert.Equal(all.Resolved, showcase.Groups
            .Where(group => group.Group.StartsWith("regime:", StringComparison.Ordinal)).Sum(group => group.Resolved));
        Assert.Equal((10, 10), (showcase.Best.Count, showcase.Worst.Count));
        Assert.True(showcase.Best[0].R > 1 && showcase.Worst[0].R < -0.9);
    }

    [Fact]
    public async Task The_latest_are_answered_from_memory_with_a_tag()
    {
        var user = await ReadyAsync();
        using var own = user.Http;
        var path = new Uri("/api/v1/signals/latest?interval=1d", UriKind.Relative);
        using var first = await user.Http.GetAsync(path, Cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var second = await user.Http.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.True(first.Headers.CacheControl!.Private);
    }

    [Fact]
    public async Task Anomalies_are_beyond_four_deviations()
    {
        var user = await ReadyAsync();
        using var own = user.Http;

        var page = await user.Api.SearchAnomaliesAsync(new AnomalySearch { Kind = "price_return" }, Cancellation);

        Assert.NotEmpty(page.Items);
        Assert.All(page.Items, anomaly => Assert.True(Math.Abs(anomaly.Deviations) > 4));
        Assert.All(page.Items, anomaly => Assert.Equal("price_return", anomaly.Kind));
    }

    [Fact]
    public async Task A_refresh_is_for_traders_and_analysts_and_5_in_5_minutes()
    {
        var trader = await system.SignInAsync(Cancellation, Roles.Trader);
        using var own = trader.Http;

        for (var time = 0; time < 5; time++)
        {
            Assert.Equal(0, (await trader.Api.RefreshSignalsAsync(new([]), Cancellation)).Instruments);
        }

        var limited = await Assert.ThrowsAsync<TradingApiException>(() =>
            trader.Api.RefreshSignalsAsync(new([]), Cancellation));
        Assert.Equal(ErrorCodes.RateLimited, limited.Code);
    }

    [Fact]
    public async Task A_refresh_of_an_unknown_ticker_says_so()
    {
        var analyst = await system.SignInAsync(Cancellation, Roles.Analyst);
        using var own = analyst.Http;

        var unknown = await Assert.ThrowsAsync<TradingApiException>(() =>
            analyst.Api.RefreshSignalsAsync(new(["NOSUCH"]), Cancellation));

        Assert.Equal(ErrorCodes.UnknownTicker, unknown.Code);
    }

    [Fact]
    public async Task The_export_has_every_signal_of_the_search()
    {
        var user = await ReadyAsync();
        using var own = user.Http;
        var ticker = (await user.Api.SearchSignalsAsync(new SignalSearch { Limit = 1 }, Cancellation)).Items[0].Ticker;

        var csv = await user.Http.GetStringAsync(
            new Uri($"/api/v1/signals/export?ticker={ticker}", UriKind.Relative), Cancellation);

        var listed = await ReadAsync(user.Api, new SignalSearch { Ticker = ticker });
        var lines = csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("id,ticker,interval,time,direction,state", lines[0], StringComparison.Ordinal);
        Assert.Equal(listed.Select(signal => signal.Id.ToString()), lines.Skip(1).Select(line => line.Split(',')[0]));
    }

    private static async Task<List<SignalResponse>> ReadAsync(TradingClient api, SignalSearch search)
    {
        var signals = new List<SignalResponse>();
        await foreach (var signal in api.ListSignalsAsync(search, Cancellation))
        {
            signals.Add(signal);
        }

        return signals;
    }

    private async Task<long> CountAsync(string condition)
    {
        await using var command = system.Database.CreateCommand(
            $"SELECT count(*) FROM signals WHERE interval = '1d' AND {condition}");
        return (long)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    private async Task<TestUser> ReadyAsync()
    {
        var user = await system.SignInAsync(Cancellation);
        await Eventually.IsTrueAsync(
            async () => (await user.Api.GetSignalCalibrationAsync(null, Cancellation)).Status == "calibrated"
                && (await user.Api.GetLatestSignalsAsync("1d", Cancellation)).Count > 0,
            "the signals of the past");
        return user;
    }
}

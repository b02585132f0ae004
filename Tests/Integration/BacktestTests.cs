using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Trading.Contracts;

namespace Trading.Tests.Integration;

/// <summary>Backtests over the invented market of the running system.</summary>
[Collection(SystemTests.Name)]
public sealed class BacktestTests(TradingSystem system)
{
    private static readonly JsonSerializerOptions _json =
        new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_short_form_answers_with_the_result()
    {
        var user = await system.SubscribeAsync(Tiers.Pro, Cancellation);
        var ticker = await system.AnyTickerAsync(Cancellation);

        var backtest = await user.Api.RunBacktestAsync(ticker, 365, cancellationToken: Cancellation);

        Assert.Equal(("succeeded", "ma_cross", ticker), (backtest.State, backtest.Strategy, backtest.Instruments.Single()));
        Assert.InRange(backtest.Result!.Bars, 200, 262);
        Assert.True(backtest.Result.Stamp.Synthetic, "Invented prices say that they are.");
        Assert.Equal("survivorship_biased", backtest.Result.Stamp.Universe);
        Assert.True(backtest.Result.Stamp.LookAhead.Passed, "The built-in strategy does not look ahead.");
        Assert.Equal(32, backtest.Result.Stamp.DataVersion.Length);
        var kept = await user.Api.GetBacktestAsync(backtest.Id, Cancellation);
        Assert.Equal(backtest.Figures, kept.Figures);
    }

    [Fact]
    public async Task A_pair_may_be_written_in_several_ways_and_an_unknown_one_is_named()
    {
        var user = await system.SubscribeAsync(Tiers.Pro, Cancellation);

        var refused = await Assert.ThrowsAsync<TradingApiException>(
            () => user.Api.RunBacktestAsync("NOPE/USDT", 30, cancellationToken: Cancellation));

        Assert.Equal(ErrorCodes.ValidationFailed, refused.Code);
        Assert.Equal(
            ["BTC/USDT", "BTC-USDT", "BTCUSDT", "BTC/USD", "BTC-USD", "BTCUSD"],
            ApiService.Backtests.SymbolText.Candidates("BTC/USDT"));
    }

    [Fact]
    public async Task The_account_adds_up_over_several_instruments()
    {
        var user = await system.SubscribeAsync(Tiers.Pro, Cancellation);
        var backtest = await user.Api.StartBacktestAsync(await RequestAsync(10), Cancellation);

        var equity = await user.Api.GetBacktestEquityAsync(backtest.Id, Cancellation);
        var trades = await AllTradesAsync(user, backtest.Id);

        Assert.True(trades.Count > 20, "Ten instruments over five years trade.");
        var profit = trades.Sum(trade => trade.Profit);
        Assert.Equal(100_000 + (double)profit, equity.Equity[^1], 1e-4);
        Assert.Equal((double)backtest.Result!.Performance["final_equity"].GetDouble(), equity.Equity[^1], 1e-9);
        Assert.Equal(equity.Times.Count, equity.Benchmark!.Count);
        Assert.All(trades, trade => Assert.True(trade.EntryTime <= trade.ExitTime, "In before out."));
        Assert.All(trades, trade => Assert.True(trade.Fees > 0, "Costs are on by default."));
        var worst = equity.Drawdown.Min();
        Assert.Equal(worst, backtest.Figures!.MaxDrawdown!.Value, 1e-12);
    }

    [Fact]
    public async Task One_hundred_instruments_over_five_years_are_done_at_once()
    {
        var user = await system.SubscribeAsync(Tiers.Pro, Cancellation);

        var backtest = await user.Api.StartBacktestAsync(await RequestAsync(100), Cancellation);

        Assert.Equal("succeeded", backtest.State);
        Assert.InRange(backtest.Result!.Bars, 120_000, 135_000);
    }

    [Fact]
    public async Task The_same_request_over_the_same_data_comes_to_the_same()
    {
        var user = await system.SubscribeAsync(Tiers.Pro, Cancellation);
        var request = await RequestAsync(3) with { To = "2025-12-31" };

        var first = await user.Api.StartBacktestAsync(request, Cancellation);
        var second = await user.Api.StartBacktestAsync(request, Cancellation);

        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(first.Result!.Stamp.DataVersion, second.Result!.Stamp.DataVersion);
        Assert.Equal(first.Figures! with { DurationMs = 0 }, second.Figures! with { DurationMs = 0 });
    }

    [Fact]
    public async Task A_text_with_errors_is_400_and_says_where_they_are()
    {
        var user = await system.SubscribeAsync(Tiers.Pro, Cancellation);
        var request = await RequestAsync(1) with { Strategy = null, Source = "entry: rsi(14 < 30\nexit: close > 1" };

        var refused = await Assert.ThrowsAsync<TradingApiException>(
            () => user.Api.StartBacktestAsync(request, Cancellation));

        Assert.Equal(ErrorCodes.ValidationFailed, refused.Code);
        Assert.Contains("source", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ones_own_text_is_run_with_ones_own_sizing()
    {
        var user = await system.SubscribeAsync(Tiers.Pro, Cancellation);
        var request = await RequestAsync(1) with
        {
            Strategy = null,
            Source = "entry: close > 0\nexit: close < 0",
            Size = new BacktestSize("units", 7),
            Costs = new BacktestCosts(0, 0, 0, 0),
        };

        var backtest = await user.Api.StartBacktestAsync(request, Cancellation);

        var trade = Assert.Single(await AllTradesAsync(user, backtest.Id));
        Assert.Equal((7m, "end"), (trade.Units, trade.ExitReason));
        Assert.Equal(7 * (trade.ExitPrice - trade.EntryPrice), trade.Profit);
    }

    [Fact]
    public async Task A_result_says_all_that_was_run_and_that_sent_again_gives_the_same_figures()
    {
        var user = await system.SubscribeAsync(Tiers.Pro, Cancellation);
        using var http = user.Http;
        var asked = await RequestAsync(2) with
        {
            Strategy = null,
            Source = "param days = 5 in 2..50\nparam rise = 1 in 0..9\nentry: roc(days) > rise\nexpiry: days bars",
            Arguments = new Dictionary<string, double> { ["rise"] = 2 },
            To = "2025-12-31",
            Size = new("equity", 0.25),
            Cash = 40_000,
            Sweep = new([new("days", 5, 20, 5)], 3, "total_return", 4, 2),
            Seed = 11,
        };

        var first = await user.Api.StartBacktestAsync(asked with { Benchmark = asked.Instruments![0] }, Cancellation);
        var kept = (await user.Api.GetBacktestAsync(first.Id, Cancellation)).Request;
        var second = await user.Api.StartBacktestAsync(kept, Cancellation);

        Assert.Equal((asked.Source, asked.Size, asked.Cash), (kept.Source, kept.Size, kept.Cash));
        Assert.Equal((asked.Instruments[0], 11L), (kept.Benchmark, kept.Seed));
        Assert.Equal(2, kept.Arguments!["rise"]);
        Assert.Equal(asked.Sweep!.Axes, kept.Sweep!.Axes);
        Assert.Equal(asked.Sweep with { Axes = null }, kept.Sweep with { Axes = null });
        Assert.Equal(first.Result!.Stamp.DataVersion, second.Result!.Stamp.DataVersion);
        Assert.Equal(first.Figures! with { DurationMs = 0 }, second.Figures! with { DurationMs = 0 });
        Assert.Equal(
            first.Result.Sweep!.Trials.Select(trial => trial.TotalReturn),
            second.Result.Sweep!.Trials.Select(trial => trial.TotalReturn));
        using var json = JsonDocument.Parse(await http.GetStringAsync(Path(first.Id, "export"), Cancellation));
        Assert.Equal(
            asked.Source,
            json.RootElement.GetProperty("backtest").GetProperty("request").GetProperty("source").GetString());
    }

    [Fact]
    public async Task Of_a_saved_strategy_the_request_names_the_version_that_was_run()
    {
        var user = await system.SubscribeAsync(Tiers.Pro, Cancellation, Roles.Trader);
        var saved = await user.Api.CreateStrategyAsync(new("Held", "entry: close > 0"), Cancellation);
        var id = Guid.Parse(saved.Id);

        var backtest = await user.Api.StartBacktestAsync(
            await RequestAsync(1) with { Strategy = null, StrategyId = id }, Cancellation);

        var request = backtest.Request;
        Assert.Equal((id, 1), (request.StrategyId, request.StrategyVersion));
        Assert.Equal((null, null), (request.Strategy, request.Source));
    }

    [Fact]
    public async Task A_saved_strategy_runs_in_the_version_asked_for_and_else_in_the_newest()
    {
        var user = await system.SubscribeAsync(Tiers.Pro, Cancellation, Roles.Trader);
        var saved = await user.Api.CreateStrategyAsync(
            new("Held", "param days = 5 in 2..50\nentry: close > 0\nexpiry: days bars"), Cancellation);
        await user.Api.ChangeStrategyAsync(saved.Id, new("Held", "entry: close < 0"), saved.Revision, Cancellation);
        var request = await RequestAsync(1) with { Strategy = null, StrategyId = Guid.Parse(saved.Id) };

        var newest = await user.Api.StartBacktestAsync(request, Cancellation);
        var first = await user.Api.StartBacktestAsync(
            request with { StrategyVersion = 1, Arguments = new Dictionary<string, double> { ["days"] = 10 } }, Cancellation);

        Assert.Equal(0, newest.Figures!.Trades);
        var trades = await AllTradesAsync(user, first.Id);
        Assert.True(trades.Count > 50, $"{trades.Count} trades in five years.");
        Assert.All(trades.SkipLast(1), trade => Assert.Equal(("expiry", 10), (trade.ExitReason, trade.BarsHeld)));
    }

    [Fact]
    public async Task Anothers_private_strategy_cannot_be_run()
    {
        var owner = await system.SubscribeAsync(Tiers.Pro, Cancellation, Roles.Trader);
        var other = await system.SubscribeAsync(Tiers.Pro, Cancellation, Roles.Trader);
        var saved = await owner.Api.CreateStrategyAsync(new("Mine", "entry: close > 0"), Cancellation);
        var request = await RequestAsync(1) with { Strategy = null, StrategyId = Guid.Parse(saved.Id) };

        var refused = await Assert.ThrowsAsync<TradingApiException>(
            () => other.Api.StartBacktestAsync(request, Cancellation));

        Assert.Contains("strategy_id", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exports_have_every_trade_in_full_precision()
    {
        var user = await system.SubscribeAsync(Tiers.Pro, Cancellation);
        using var http = user.Http;
        var backtest = await user.Api.StartBacktestAsync(await RequestAsync(5), Cancellation);
        var trades = await AllTradesAsync(user, backtest.Id);

        var csv = await http.GetStringAsync(Path(backtest.Id, "export?format=csv"), Cancellation);
        using var json = JsonDocument.Parse(await http.GetStringAsync(Path(backtest.Id, "export"), Cancellation));

        var lines = csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(trades.Count + 1, lines.Length);
        var names = lines[0].Split(',');
        var profits = lines.Skip(1).Select(line => decimal.Parse(
            line.Split(',')[Array.IndexOf(names, "profit")], System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(trades.Select(trade => trade.Profit), profits);
        Assert.Equal(trades.Count, json.RootElement.GetProperty("trades").GetArrayLength());
        Assert.Equal(
            backtest.Figures!.TotalReturn,
            json.RootElement.GetProperty("backtest").GetProperty("figures").GetProperty("total_return").GetDouble());
    }

    [Fact]
    public async Task Nobody_finds_anothers_backtest()
    {
        var user = await system.SubscribeAsync(Tiers.Pro, Cancellation);
        var other = await system.SubscribeAsync(Tiers.Pro, Cancellation);
        using var http = other.Http;
        var backtest = await user.Api.StartBacktestAsync(await RequestAsync(1), Cancellation);

        foreach (var part in new[] { "", "equity", "trades", "export" })
        {
            using var answer = await http.GetAsync(Path(backtest.Id, part), Cancellation);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        using var removed = await http.DeleteAsync(Path(backtest.Id, ""), Cancellation);
        using var ended = await http.PostAsync(Path(backtest.Id, "cancel"), null, Cancellation);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (removed.StatusCode, ended.StatusCode));
        Assert.Empty((await other.Api.ListBacktestsAsync(cancellationToken: Cancellation)).Items);
        Assert.Single((await user.Api.ListBacktestsAsync(cancellationToken: Cancellation)).Items);
    }

    [Fact]
    public async Task The_list_goes_on_where_a_page_ended()
    {
        var user = await system.SubscribeAsync(Tiers.Pro, Cancellation);
        var made = new List<Guid>();
        for (var run = 0; run < 3; run++)
        {
            made.Insert(0, (await user.Api.StartBacktestAsync(await RequestAsync(1), Cancellation)).Id);
        }

        var first = await user.Api.ListBacktestsAsync(limit: 2, cancellationToken: Cancellation);
        var second = await user.Api.ListBacktestsAsync(first.NextCursor, 2, Cancellation);

        Assert.Equal(made, first.Items.Concat(second.Items).Select(backtest => backtest.Id));
        Assert.Null(second.NextCursor);
        var compared = await user.Api.CompareBacktestsAsync(made, Cancellation);
        Assert.Equal(made, compared.Select(backtest => backtest.Id));
        Assert.All(compared, backtest => Assert.NotNull(backtest.Result));
    }

    [Fact]
    public async Task The_free_tier_starts_3_an_hour_and_what_starts_nothing_is_not_counted()
    {
        var user = await system.SignInAsync(Cancellation);
        using var http = user.Http;
        var request = await RequestAsync(1);
        var key = Guid.NewGuid().ToString();
        var wrong = request with { Instruments = ["NOPE"] };
        var unwalkable = request with { From = "2025-01-01", To = "2025-01-31", Sweep = new([new("fast", 5, 6, 1)]) };

        using var first = await StartAsync(http, request, key);
        for (var time = 0; time < 4; time++)
        {
            using var refused = await StartAsync(http, wrong);
            using var unfit = await StartAsync(http, unwalkable);
            using var again = await StartAsync(http, request, key);
            Assert.Equal(
                (HttpStatusCode.BadRequest, HttpStatusCode.UnprocessableEntity, HttpStatusCode.Created),
                (refused.StatusCode, unfit.StatusCode, again.StatusCode));
            Assert.Equal(
                await first.Content.ReadAsStringAsync(Cancellation), await again.Content.ReadAsStringAsync(Cancellation));
        }

        using var second = await StartAsync(http, request);
        using var third = await StartAsync(http, request);
        var late = Guid.NewGuid().ToString();
        using var fourth = await StartAsync(http, request, late);
        using var fifth = await StartAsync(http, request, late);
        using var replay = await StartAsync(http, request, key);

        Assert.Equal(
            ["2", "1", "0", "0"],
            new[] { first, second, third, fourth }.Select(each => each.Headers.GetValues("RateLimit-Remaining").Single()));
        Assert.Equal("3;w=3600;name=\"backtests\"", third.Headers.GetValues("RateLimit-Policy").Single());
        Assert.Equal(HttpStatusCode.Created, third.StatusCode);
        Assert.All(new[] { fourth, fifth }, refused =>
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromMinutes(50), TimeSpan.FromHours(1));
            Assert.False(refused.Headers.Contains("Idempotency-Replayed"), "A refusal is not kept: later it may be done.");
        });
        Assert.Equal(HttpStatusCode.Created, replay.StatusCode);
        Assert.Equal(3, (await user.Api.ListBacktestsAsync(cancellationToken: Cancellation)).Items.Count);
    }

    [Fact]
    public async Task A_sweep_over_too_few_days_is_422_and_says_what_to_change()
    {
        var user = await system.SubscribeAsync(Tiers.Pro, Cancellation);
        var request = await RequestAsync(1) with
        {
            From = "2025-01-01",
            To = "2025-01-31",
            Sweep = new([new("fast", 5, 6, 1)]),
        };

        var refused = await Assert.ThrowsAsync<TradingApiException>(
            () => user.Api.StartBacktestAsync(request, Cancellation));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, ErrorCodes.InvalidParameter), (refused.Status, refused.Code));
        Assert.Contains("too few for 5 windows", refused.Detail, StringComparison.Ordinal);
        Assert.Contains("take more days", refused.Detail, StringComparison.Ordinal);
        using var http = user.Http;
        using var empty = await http.PostAsync(
            new Uri("/api/v1/backtests", UriKind.Relative),
            JsonContent.Create(request with { Sweep = new([null!]) }, options: _json),
            Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
    }

    [Fact]
    public async Task Every_figure_of_a_result_has_a_definition()
    {
        var user = await system.SubscribeAsync(Tiers.Pro, Cancellation);
        var backtest = await user.Api.StartBacktestAsync(await RequestAsync(2), Cancellation);

        var defined = (await user.Api.ListMetricDefinitionsAsync(Cancellation)).Select(known => known.Name).ToHashSet();

        Assert.Empty(backtest.Result!.Performance.Keys.Concat(backtest.Result.TradeMetrics.Keys).Except(defined));
    }

    private static async Task<HttpResponseMessage> StartAsync(
        HttpClient http, BacktestRequest request, string? key = null)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/v1/backtests", UriKind.Relative))
        {
            Content = JsonContent.Create(request, options: _json),
        };
        if (key is not null)
        {
            message.Headers.Add("Idempotency-Key", key);
        }

        return await http.SendAsync(message, Cancellation);
    }

    internal static Uri Path(Guid id, string part) =>
        new($"/api/v1/backtests/{id}{(part.Length == 0 ? "" : "/")}{part}", UriKind.Relative);

    private static async Task<List<TradeResponse>> AllTradesAsync(TestUser user, Guid id)
    {
        var all = new List<TradeResponse>();
        string? cursor = null;
        do
        {
            var page = await user.Api.ListBacktestTradesAsync(id, cursor, 50, Cancellation);
            all.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return all;
    }

    private async Task<BacktestRequest> RequestAsync(int instruments)
    {
        var page = await system.Api.SearchInstrumentsAsync(new InstrumentQuery { Limit = instruments }, Cancellation);
        return new BacktestRequest
        {
            Strategy = "ma_cross",
            Instruments = [.. page.Items.Select(instrument => instrument.Ticker)],
        };
    }
}

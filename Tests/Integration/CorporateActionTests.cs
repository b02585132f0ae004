using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Trading.Contracts;
using Trading.Data.CorporateActions;
using Trading.Data.Import;
using Trading.Data.Jobs;
using Trading.Domain.CorporateActions;
using Trading.Domain.Market;
using Trading.PricingWorker.CorporateActions;
using Trading.PricingWorker.Jobs;
using Trading.Tests.Unit.Providers;
using Trading.Tests.Worker;

namespace Trading.Tests.Integration;

/// <summary>Splits and dividends from files, from providers, and by hand.</summary>
[Collection(SystemTests.Name)]
public sealed class CorporateActionTests(TradingSystem system)
{
    private static readonly DateOnly _split = new(2020, 8, 31);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // The recorded answer of Yahoo tells of Apple's 4 for 1 of 2020-08-31 and its dividend of 0.205 on 2020-11-06.
    [Fact]
    public async Task Replaying_a_sync_ten_times_changes_nothing()
    {
        await using var database = await ScratchDatabase.CreateAsync(system);
        await database.ImportAsync("AAPL,2020-08-28,504.05,505.77,498.31,499.23,46907479");
        await using var server = await ProviderServer.WithSampleAsync(
            "yahoo/chart-AAPL-1d-2020-08-31_11-07-with-split-and-dividend.json");
        await using var host = new ProviderHost(server.Url, ("Equity", "Yahoo"));
        var store = new ActionStore(database.Source);
        var sync = Sync(host, database);
        var apple = await database.InstrumentAsync("AAPL");
        var job = await ClaimAsync(database);

        var counts = new List<long?>();
        for (var i = 0; i < 10; i++)
        {
            counts.Add(await sync.TrySyncAsync(apple, job, Cancellation));
        }

        Assert.Equal([2, 0, 0, 0, 0, 0, 0, 0, 0, 0], counts);
        var actions = (await store.ReadAsync([apple.Id], Cancellation)).Actions[apple.Id];
        Assert.Equal(
            [
                new CorporateAction(_split, CorporateActionKind.Split, 4),
                new CorporateAction(new DateOnly(2020, 11, 6), CorporateActionKind.Dividend, 0.205),
            ],
            actions);
        var changes = await store.ChangesAsync(apple.Id, 100, Cancellation);
        Assert.Equal(2, changes.Count);
        Assert.All(changes, change => Assert.Equal((null, "yahoo"), (change.OldValue, change.Source)));
    }

    [Fact]
    public async Task A_sync_that_another_worker_has_taken_over_stores_nothing()
    {
        await using var database = await ScratchDatabase.CreateAsync(system);
        await database.ImportAsync("AAPL,2020-08-28,504.05,505.77,498.31,499.23,46907479");
        await using var server = await ProviderServer.WithSampleAsync(
            "yahoo/chart-AAPL-1d-2020-08-31_11-07-with-split-and-dividend.json");
        await using var host = new ProviderHost(server.Url, ("Equity", "Yahoo"));
        var (sync, apple) = (Sync(host, database), await database.InstrumentAsync("AAPL"));
        var lost = await ClaimAsync(database);
        await database.ExecuteAsync($"UPDATE jobs SET fence = fence + 1");

        await Assert.ThrowsAsync<JobLostException>(() => sync.TrySyncAsync(apple, lost, Cancellation));
        await Assert.ThrowsAsync<JobLostException>(() =>
            sync.RunAsync(lost, new JobProgress(TimeProvider.System), Cancellation));

        Assert.Empty((await new ActionStore(database.Source).ReadAsync([apple.Id], Cancellation)).Actions[apple.Id]);
        // Schedules and computations do not wait for each other.
        Assert.Equal(JobLane.Upkeep, sync.Lane);
    }

    [Fact]
    public async Task A_sync_asks_who_tells_of_actions_and_not_who_gives_the_bars()
    {
        await using var database = await ScratchDatabase.CreateAsync(system);
        await database.ImportAsync("AAPL,2020-08-28,504.05,505.77,498.31,499.23,46907479");
        await using var server = await ProviderServer.WithSampleAsync(
            "yahoo/chart-AAPL-1d-2020-08-31_11-07-with-split-and-dividend.json");
        await using var host = new ProviderHost(server.Url, ("Equity", "Stooq,Yahoo"));

        await Sync(host, database).RunAsync(
            await ClaimAsync(database), new JobProgress(TimeProvider.System), Cancellation);

        var apple = await database.InstrumentAsync("AAPL");
        Assert.Equal(2, (await new ActionStore(database.Source).ReadAsync([apple.Id], Cancellation)).Actions[apple.Id].Count());
        Assert.DoesNotContain(server.Requests, request => request.StartsWith("/q/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_an_administrator_set_no_source_changes_and_each_change_is_kept()
    {
        await using var database = await ScratchDatabase.CreateAsync(system);
        await database.ImportAsync("AAPL,2020-08-28,504.05,505.77,498.31,499.23,46907479");
        var store = new ActionStore(database.Source);
        var id = (await database.InstrumentAsync("AAPL")).Id;
        CorporateAction Split(double value) => new(_split, CorporateActionKind.Split, value);

        Assert.Equal((1, 0), await store.StoreAsync(id, [Split(5)], "one", Cancellation));
        Assert.Equal((0, 1), await store.StoreAsync(id, [Split(3)], "two", Cancellation));
        Assert.Equal((0, 0), await store.StoreAsync(id, [Split(3.000003)], "rounded", Cancellation));
        Assert.True(await store.CorrectAsync(id, _split, CorporateActionKind.Split, 4, "ada", Cancellation));
        Assert.False(await store.CorrectAsync(id, _split, CorporateActionKind.Split, 4, "ada", Cancellation));
        Assert.Equal((0, 0), await store.StoreAsync(id, [Split(5)], "one", Cancellation));
        Assert.True(await store.CorrectAsync(id, _split, CorporateActionKind.Split, null, "ada", Cancellation));
        Assert.Equal((0, 0), await store.StoreAsync(id, [Split(5)], "one", Cancellation));

        Assert.Empty((await store.ReadAsync([id], Cancellation)).Actions[id]);
        var row = Assert.Single(await store.ListAsync(id, Cancellation));
        Assert.Equal((4, true, true, "manual"), (row.Value, row.Corrected, row.Withdrawn, row.Source));
        Assert.Equal(
            [(4.0, null, "ada"), (3.0, 4.0, "ada"), (5.0, 3.0, "two"), (null, 5.0, "one")],
            (await store.ChangesAsync(id, 100, Cancellation))
                .Select(change => (change.OldValue, change.NewValue, change.Source)));
    }

    // Apple's tape around its split: 499.23 on 2020-08-28, 129.04 on 2020-08-31. The split-adjusted file has 124.8075.
    [Theory]
    [InlineData("499.23", null, PriceAdjustment.None)]
    [InlineData("124.8075", null, PriceAdjustment.Split)]
    [InlineData("124.8075", PriceAdjustment.Split, PriceAdjustment.Split)]
    public async Task Bars_are_adjusted_once_whether_the_file_was_or_not(
        string close, PriceAdjustment? told, PriceAdjustment holds)
    {
        await using var database = await ScratchDatabase.CreateAsync(system);
        var actions = new ActionStore(database.Source);
        string[] lines =
        [
            "ticker,date,open,high,low,close,volume,split_coefficient,dividend_amount",
            $"AAPL,2020-08-28,{close},{close},{close},{close},100,1,0",
            "AAPL,2020-08-31,127.58,131,126,129.04,400,4,0",
            "AAPL,2020-09-01,132.76,134.8,130.53,134.18,300,1,0",
        ];

        for (var i = 0; i < 10; i++)
        {
            using var file = TemporaryFile.Of(lines);
            var report = await new BarImporter(database.Source, TimeProvider.System).ImportAsync(
                file.Path, new ImportOptions(Exchange.All[0], null, told), null, Cancellation);
            Assert.Equal(i == 0 ? 3 : 0, report.Stored);
            Assert.Equal(i == 0 ? 1 : 0, report.Actions);
        }

        var apple = await database.InstrumentAsync("AAPL");
        var history = await actions.ReadAsync([apple.Id], Cancellation);
        var basis = Assert.Single(history.Bases[apple.Id]);
        Assert.Equal((holds, new(2020, 8, 28), new(2020, 9, 1)), (basis.Holds, basis.First, basis.Last));
        var schedule = await new AdjustmentReader(database.Source).ReadAsync(apple, Cancellation);
        var first = (await database.BarsAsync("AAPL", BarInterval.OneDay))[0].Bar;
        Assert.Equal(124.8075, first.Close * schedule.On(new(2020, 8, 28), PriceAdjustment.Split).Price, 1e-9);
        Assert.Single(await actions.ChangesAsync(apple.Id, 100, Cancellation));
    }

    [Fact]
    public async Task An_admin_corrects_an_action_over_the_API_and_bars_follow()
    {
        var admin = await system.SignInAsync(Cancellation, Roles.Admin);
        using var own = admin.Http;
        var ticker = await system.AnyTickerAsync(Cancellation);
        var bars = (await admin.Api.GetBarsPageAsync(ticker, new BarQuery { Limit = 20 }, Cancellation)).Items;
        var exDate = DateOnly.FromDateTime(bars[10].Time);
        var split = new BarQuery { Limit = 20, Adjust = "split" };
        var before = await admin.Api.GetBarsPageAsync(ticker, split, Cancellation);
        Assert.Equal(bars, before.Items);

        // The invented prices have no such jump: they are taken to hold the split already.
        var set = await admin.Api.SetCorporateActionAsync(ticker, "split", exDate, 0.125, Cancellation);
        var dividend = await admin.Api.SetCorporateActionAsync(ticker, "dividend", exDate, bars[10].Close / 4, Cancellation);
        // Cached answers learn of it from the database.
        var total = await Eventually.ReturnsAsync(
            async () => await admin.Api.GetBarsPageAsync(ticker, split with { Adjust = "total" }, Cancellation) is { } page
                && page.Items[0] != bars[0] ? page.Items : null,
            "the bars follow");
        var adjusted = (await admin.Api.GetBarsPageAsync(ticker, split, Cancellation)).Items;

        Assert.Contains(set.Actions, one => one is { Kind: "split", Ratio: "1:8", Corrected: true, Source: "manual" });
        var open = await system.Http.GetStringAsync(
            new Uri($"api/v1/instruments/{Uri.EscapeDataString(ticker)}/actions", UriKind.Relative), Cancellation);
        Assert.DoesNotContain(admin.Email, open, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(2, dividend.Actions.Count(one => one.ExDate == exDate));
        Assert.Equal(bars, adjusted);
        Assert.All(Enumerable.Range(0, 20), i => Assert.Equal(
            bars[i].Close * (i < 10 ? 0.8 : 1), total[i].Close, bars[i].Close * 1e-9));
        var changes = await admin.Api.ListCorporateActionChangesAsync(ticker, cancellationToken: Cancellation);
        Assert.Equal(
            [("dividend", admin.Email), ("split", admin.Email)],
            changes.Take(2).Select(change => (change.Kind, change.Source)));
        var audited = await admin.Api.SearchAuditAsync(new AuditSearch { Action = "corporate_action_change" }, Cancellation);
        Assert.Contains(audited.Items, item => item.Subject == ticker);

        await admin.Api.WithdrawCorporateActionAsync(ticker, "dividend", exDate, Cancellation);
        await admin.Api.WithdrawCorporateActionAsync(ticker, "split", exDate, Cancellation);
        await Eventually.IsTrueAsync(
            async () => (await admin.Api.GetBarsPageAsync(ticker, split with { Adjust = "total" }, Cancellation))
                .Items.SequenceEqual(bars),
            "all is as before");
    }

    [Theory]
    [InlineData("merger", "2020-08-31", 2, ErrorCodes.InvalidParameter)]
    [InlineData("split", "yesterday", 2, ErrorCodes.InvalidDate)]
    [InlineData("split", "2020-08-31", 0, ErrorCodes.ValidationFailed)]
    [InlineData("split", "2020-08-31", 1, ErrorCodes.ValidationFailed)]
    [InlineData("dividend", "2020-08-31", -1, ErrorCodes.ValidationFailed)]
    public async Task What_no_action_can_be_is_refused(string kind, string exDate, double value, string code)
    {
        var admin = await system.SignInAsync(Cancellation, Roles.Admin);
        using var own = admin.Http;
        var ticker = await system.AnyTickerAsync(Cancellation);

        var answer = await admin.Http.PutAsync(
            new Uri($"api/v1/instruments/{ticker}/actions/{kind}/{exDate}", UriKind.Relative),
            new StringContent($$"""{"value":{{value}}}""", System.Text.Encoding.UTF8, "application/json"),
            Cancellation);

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Contains(code, await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task There_is_nothing_to_withdraw_where_there_is_no_action()
    {
        var admin = await system.SignInAsync(Cancellation, Roles.Admin);
        using var own = admin.Http;
        var ticker = await system.AnyTickerAsync(Cancellation);

        var refused = await Assert.ThrowsAsync<TradingApiException>(() =>
            admin.Api.WithdrawCorporateActionAsync(ticker, "split", new DateOnly(1999, 1, 4), Cancellation));

        Assert.Equal(ErrorCodes.UnknownAction, refused.Code);
    }

    private static ActionSync Sync(ProviderHost host, ScratchDatabase database) => new(
        host.Catalog, database.Instruments, new ActionStore(database.Source), new JobQueue(database.Source),
        Options.Create(host.Options), TimeProvider.System, NullLogger<ActionSync>.Instance);

    private static async Task<ClaimedJob> ClaimAsync(ScratchDatabase database)
    {
        var queue = new JobQueue(database.Source);
        await queue.AddAsync(new NewJob(Guid.CreateVersion7(), ActionSyncJob.Kind, "{}", null), Cancellation);
        return (await queue.ClaimAsync("a", [ActionSyncJob.Kind], TimeSpan.FromMinutes(5), Cancellation))!;
    }

    [Fact]
    public async Task A_sync_is_a_job_that_the_worker_does()
    {
        var admin = await system.SignInAsync(Cancellation, Roles.Admin);
        using var own = admin.Http;

        var job = await admin.Api.SyncCorporateActionsAsync(new ActionSyncRequest(), Cancellation);

        await Eventually.IsTrueAsync(
            async () =>
            {
                await using var command = system.Database.CreateCommand("SELECT state FROM jobs WHERE id = $1");
                command.Parameters.Add(new() { Value = job.JobId });
                return await command.ExecuteScalarAsync(Cancellation) is "succeeded";
            },
            "the job is done");
    }
}

using System.Net;
using Trading.Contracts;
using Trading.Data.Bars;
using Trading.Data.Jobs;
using Trading.Domain.Market;

namespace Trading.Tests.Integration;

/// <summary>Schedules, backfills and dead letters as an administrator sees them, with the running worker.</summary>
[Collection(SystemTests.Name)]
public sealed class JobsApiTests(TradingSystem system)
{
    private static readonly DateOnly _from = new(2026, 1, 5);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Schedules_are_listed_with_when_they_are_due_and_run_at_once_when_asked()
    {
        var admin = await system.SignInAsync(Cancellation, Roles.Admin);
        using var http = admin.Http;
        var schedules = await Eventually.ReturnsAsync(
            async () => (await admin.Api.GetJobsAsync(Cancellation)).Schedules is { Count: >= 11 } all
                && all.All(one => one.NextRunAt is not null) ? all : null,
            "the worker keeps its schedules");
        var frankfurt = schedules.Single(one => one.Name == "daily-fetch-xetr");
        var next = TimeZoneInfo.ConvertTimeFromUtc(
            frankfurt.NextRunAt!.Value, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));

        Assert.Equal(new TimeSpan(18, 0, 0), next.TimeOfDay);
        Assert.False(next.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday, $"{next} is a session.");

        var asked = await admin.Api.RunJobAsync("daily-fetch-xetr", Cancellation);
        var last = await Eventually.ReturnsAsync(
            async () => (await admin.Api.GetJobsAsync(Cancellation)).Schedules
                .Single(one => one.Name == "daily-fetch-xetr").LastRun is { FinishedAt: not null } run ? run : null,
            "it is done");
        Assert.Equal((asked.Id, JobState.Succeeded, 1), (last.Id, last.State, last.Attempts));
    }

    [Fact]
    public async Task Bars_that_are_kept_no_longer_are_in_a_file_once_retention_has_run()
    {
        var admin = await system.SignInAsync(Cancellation, Roles.Admin);
        using var http = admin.Http;
        var ticker = await system.AnyTickerAsync(Cancellation);
        var bars = new BarStore(system.Database, TimeProvider.System);
        await using var find = system.Database.CreateCommand("SELECT id FROM instruments WHERE ticker = $1");
        find.Parameters.AddWithValue(ticker);
        var bar = new Bar(new DateTime(2019, 7, 1, 14, 31, 0, DateTimeKind.Utc), 10, 12, 9, 11, 400);
        await bars.UpsertAsync(
            BarInterval.OneMinute,
            [new((int)(await find.ExecuteScalarAsync(Cancellation))!, bar, BarSource.Simulated)],
            Cancellation);
        var past = new BarQuery { Interval = "1m", From = "2019-07-01", To = "2019-07-01" };
        Assert.Single((await system.Api.GetBarsPageAsync(ticker, past, Cancellation)).Items);

        await admin.Api.RunJobAsync("retention", Cancellation);

        var file = Path.Combine(TradingSystem.ExportFolder, "minute_bars_2019_07.csv.gz");
        await Eventually.IsTrueAsync(
            async () => (await system.Api.GetBarsPageAsync(ticker, past, Cancellation)).Items.Count == 0,
            "the month is gone, from caches too");
        Assert.True(File.Exists(file), "It is in a file.");
    }

    [Fact]
    public async Task A_schedule_whose_job_waits_is_not_run_beside_it_and_one_that_is_not_there_is_not_found()
    {
        var admin = await system.SignInAsync(Cancellation, Roles.Admin);
        using var http = admin.Http;
        await AddAsync(Guid.CreateVersion7(), "partitions", "{}", "partitions", "now() + interval '1 hour'");

        var busy = await Assert.ThrowsAsync<TradingApiException>(() => admin.Api.RunJobAsync("partitions", Cancellation));
        var unknown = await Assert.ThrowsAsync<TradingApiException>(() => admin.Api.RunJobAsync("nothing", Cancellation));
        await ExecuteAsync("DELETE FROM jobs WHERE schedule = 'partitions' AND state = 'queued'");

        Assert.Equal((HttpStatusCode.Conflict, ErrorCodes.AlreadyRunning), (busy.Status, busy.Code));
        Assert.Equal((HttpStatusCode.NotFound, ErrorCodes.NotFound), (unknown.Status, unknown.Code));
    }

    [Fact]
    public async Task A_poison_message_goes_to_dead_letters_after_3_backed_off_tries_blocks_nothing_and_can_be_replayed()
    {
        var admin = await system.SignInAsync(Cancellation, Roles.Admin);
        using var http = admin.Http;
        var poison = Guid.CreateVersion7();
        await AddAsync(poison, "fetch_sessions", """["XNYS"]""", null, "now()");

        await admin.Api.RunJobAsync("clean-up", Cancellation);
        await Eventually.IsTrueAsync(
            async () => (await admin.Api.GetJobsAsync(Cancellation)).Schedules
                .Single(one => one.Name == "clean-up").LastRun?.State == JobState.Succeeded,
            "another job of its sort is done");
        var letter = await LetterAsync(admin.Api, poison, 1);
        Assert.Equal(("""["XNYS"]""", 3), (letter.Payload, letter.Attempts));
        Assert.NotEmpty(letter.Error);

        await admin.Api.ReplayDeadLetterAsync(letter.Id, Cancellation);
        var again = await LetterAsync(admin.Api, poison, 2);
        Assert.Equal(3, again.Attempts);
        await admin.Api.DeleteDeadLetterAsync(again.Id, Cancellation);
        Assert.DoesNotContain(
            (await admin.Api.ListDeadLettersAsync(cancellationToken: Cancellation)).Items, one => one.Id == again.Id);
        var gone = await Assert.ThrowsAsync<TradingApiException>(
            () => admin.Api.ReplayDeadLetterAsync(again.Id, Cancellation));
        Assert.Equal(HttpStatusCode.NotFound, gone.Status);
    }

    [Fact]
    public async Task A_backfill_says_how_far_it_is_and_what_nobody_gave()
    {
        var admin = await system.SignInAsync(Cancellation, Roles.Admin);
        using var http = admin.Http;
        var request = new BackfillRequest { Tickers = ["NOTTHERE"], Exchange = "XNYS", From = _from };

        var started = await admin.Api.StartBackfillAsync(request, Cancellation);
        var done = await Eventually.ReturnsAsync(
            async () => await admin.Api.GetBackfillAsync(started.Id, Cancellation) is { FinishedAt: not null } over ? over : null,
            "it is over");

        Assert.Equal((JobState.Succeeded, 1, 1), (done.State, done.Progress.Done, done.Progress.Total));
        var failure = Assert.Single(done.Failures);
        Assert.Equal("NOTTHERE", failure.Ticker);
        Assert.Contains("No provider of past sessions is configured", failure.Reason, StringComparison.Ordinal);
        Assert.Equal((admin.Id, 0), (done.RequestedBy, done.BarsStored));
        Assert.Contains(
            (await admin.Api.ListBackfillsAsync(cancellationToken: Cancellation)).Items, one => one.Id == started.Id);
        var over = await Assert.ThrowsAsync<TradingApiException>(
            () => admin.Api.CancelBackfillAsync(started.Id, Cancellation));
        Assert.Equal((HttpStatusCode.Conflict, ErrorCodes.NotRunning), (over.Status, over.Code));
    }

    [Fact]
    public async Task A_backfill_that_waits_is_cancelled()
    {
        var admin = await system.SignInAsync(Cancellation, Roles.Admin);
        using var http = admin.Http;
        var id = Guid.CreateVersion7();
        await AddAsync(
            id,
            "backfill",
            """{"tickers":["NOTTHERE"],"exchange":"XNYS","from":"2026-01-05","to":"2026-01-06","interval":"1d"}""",
            null,
            "now() + interval '1 hour'");

        Assert.Equal(JobState.Cancelled, (await admin.Api.CancelBackfillAsync(id, Cancellation)).State);
    }

    [Fact]
    public async Task Everything_that_is_wrong_with_a_backfill_is_told_at_once()
    {
        var admin = await system.SignInAsync(Cancellation, Roles.Admin);
        using var http = admin.Http;
        var invented = await system.AnyTickerAsync(Cancellation);

        Assert.Equal(
            ["exchange", "from", "interval", "tickers"],
            await MistakesAsync(admin.Api, new BackfillRequest { Exchange = "XXXX", Interval = "1m", Tickers = [] }));
        Assert.Equal(["to"], await MistakesAsync(
            admin.Api,
            new BackfillRequest { Exchange = "XNYS", Tickers = ["AAPL"], From = _from, To = _from.AddDays(-1) }));
        Assert.Equal(["tickers"], await MistakesAsync(admin.Api, new BackfillRequest { From = _from }));
        Assert.Equal(["tickers"], await MistakesAsync(
            admin.Api, new BackfillRequest { From = _from, Tickers = [invented] }));
        Assert.Equal(["tickers"], await MistakesAsync(
            admin.Api, new BackfillRequest { From = _from, Tickers = ["NOTTHERE"] }));
    }

    private static async Task<string[]> MistakesAsync(TradingClient api, BackfillRequest request)
    {
        var refused = await Assert.ThrowsAsync<TradingApiException>(() => api.StartBackfillAsync(request, Cancellation));
        Assert.Equal(ErrorCodes.ValidationFailed, refused.Code);
        return [.. refused.Errors!.Keys.Order(StringComparer.Ordinal)];
    }

    private static async Task<DeadLetterResponse> LetterAsync(TradingClient api, Guid job, int count) =>
        await Eventually.ReturnsAsync(
            async () => (await api.ListDeadLettersAsync(cancellationToken: Cancellation)).Items
                .Where(one => one.JobId == job).ToList() is [var newest, ..] all && all.Count == count ? newest : null,
            $"the job has died {count} times");

    private async Task AddAsync(Guid id, string kind, string payload, string? schedule, string due)
    {
        await using var command = system.Database.CreateCommand(
            $"""
            INSERT INTO jobs (id, kind, payload, state, attempts, next_attempt_at, fence, progress_done, progress_total,
                cancel_requested, created_at, schedule, tried_done)
            VALUES ($1, $2, $3::jsonb, 'queued', 0, {due}, 0, 0, 0, false, now(), $4, 0)
            """);
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(kind);
        command.Parameters.AddWithValue(payload);
        command.Parameters.Add(new() { Value = schedule ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = system.Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}

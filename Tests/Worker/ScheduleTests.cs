using System.Globalization;
using Npgsql;
using Trading.Data.Jobs;
using Trading.Tests.Integration;

namespace Trading.Tests.Worker;

/// <summary>What the workers do by the clock.</summary>
[Collection(SystemTests.Name)]
public sealed class ScheduleTests(TradingSystem system) : IAsyncLifetime
{
    private const string Never = "0 0 0 1 1 ?";
    private const string EverySecond = "* * * * * ?";
    private ScratchDatabase? _database;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ScratchDatabase Database => _database!;

    public async ValueTask InitializeAsync() => _database = await ScratchDatabase.CreateAsync(system);

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    [Fact]
    public async Task Two_schedulers_run_each_time_of_a_schedule_once()
    {
        await RecordEveryFiringAsync();
        await using (await StartAsync(EverySecond))
        await using (await StartAsync(EverySecond))
        {
            await Eventually.IsTrueAsync(
                async () => await CountAsync("SELECT count(*) FROM qrtz_scheduler_state") == 2, "both are in the cluster");
            var before = await CountAsync(Fired);
            await Eventually.IsTrueAsync(async () => await CountAsync(Fired) >= before + 5, "it fires with both");
        }

        Assert.Equal(
            await CountAsync(Fired),
            await CountAsync("SELECT count(DISTINCT scheduled_for) FROM jobs WHERE schedule = 'clean-up'"));
    }

    [Fact]
    public async Task Times_that_were_missed_while_no_worker_ran_are_made_up_for_once()
    {
        await RecordEveryFiringAsync();
        await using (await StartAsync(Never))
        {
            await Eventually.IsTrueAsync(async () => await NextAsync() is not null, "the schedule is kept");
        }

        Assert.Equal(0, await CountAsync(Fired));
        var missed = TimeProvider.System.GetUtcNow().UtcDateTime.AddYears(-5);
        await Database.ExecuteAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"UPDATE qrtz_triggers SET next_fire_time = {missed.Ticks} WHERE trigger_name = 'clean-up'"));

        await using (await StartAsync(Never))
        {
            await Eventually.IsTrueAsync(
                async () => await NextAsync() > TimeProvider.System.GetUtcNow().UtcDateTime
                    && await CountAsync(Fired) > 0,
                "it runs, and is due next in the future");
        }

        Assert.Equal(1, await CountAsync(Fired));
    }

    [Fact]
    public async Task A_schedule_whose_job_still_waits_is_not_queued_again_nor_is_a_time_that_is_fired_twice()
    {
        var queue = new JobQueue(Database.Source);
        var at = new DateTime(2026, 1, 5, 23, 0, 0, DateTimeKind.Utc);

        Assert.True(await queue.AddAsync(JobOf(at), Cancellation), "The first time is queued.");
        Assert.False(await queue.AddAsync(JobOf(at.AddHours(1)), Cancellation), "One waits already.");
        var job = await queue.ClaimAsync("a", ["clean_up"], TimeSpan.FromMinutes(1), Cancellation);
        await queue.CompleteAsync(job!, Cancellation);
        Assert.False(await queue.AddAsync(JobOf(at), Cancellation), "A scheduler that died fires a time again.");
        Assert.True(await queue.AddAsync(JobOf(at.AddHours(1)), Cancellation), "The next time is another.");
    }

    [Fact]
    public async Task A_schedule_that_is_not_configured_any_more_is_removed_and_a_changed_one_follows()
    {
        await using (await StartAsync(Never))
        {
            await Eventually.IsTrueAsync(async () => await NextAsync() is not null, "the schedule is kept");
        }

        await Database.ExecuteAsync(
            "UPDATE qrtz_triggers SET job_name = 'old', trigger_name = 'old' WHERE false; "
            + "INSERT INTO qrtz_job_details SELECT sched_name, 'old', job_group, description, job_class_name, is_durable, "
            + "is_nonconcurrent, is_update_data, requests_recovery, job_data FROM qrtz_job_details WHERE job_name = 'clean-up'");
        await using (await StartAsync("0 30 4 * * ?"))
        {
            await Eventually.IsTrueAsync(
                async () => (await NextAsync())?.TimeOfDay == new TimeSpan(4, 30, 0), "it has its new time");
            await Eventually.IsTrueAsync(
                async () => await CountAsync("SELECT count(*) FROM qrtz_job_details WHERE job_name = 'old'") == 0,
                "the old one is gone");
        }
    }

    private const string Fired = "SELECT count(*) FROM jobs WHERE schedule = 'clean-up'";

    private Task<ScheduleHost> StartAsync(string cleanUp) => ScheduleHost.StartAsync(
        Database,
        ("Schedules:CleanUp", cleanUp),
        ("Schedules:CatchUp", Never),
        ("Schedules:Partitions", Never),
        ("Schedules:CheckInEvery", "00:00:01"));

    /// <summary>The queue would hide a time that was fired twice.</summary>
    private Task RecordEveryFiringAsync() => Database.ExecuteAsync(
        "DROP INDEX ux_jobs_schedule_active; DROP INDEX ux_jobs_schedule_scheduled_for");

    private async Task<DateTime?> NextAsync() =>
        (await new ScheduleStore(Database.Source, TimeProvider.System).ListAsync(Cancellation))
        .SingleOrDefault(status => status.Schedule.Name == "clean-up")?.NextRunAt;

    private async Task<long> CountAsync(string sql)
    {
        await using NpgsqlCommand command = Database.Source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    private static NewJob JobOf(DateTime time) => new(Guid.CreateVersion7(), "clean_up", "{}", null)
    {
        Schedule = "clean-up",
        ScheduledFor = time,
    };
}

using Npgsql;
using Trading.Data.Jobs;
using Trading.Tests.Worker;

namespace Trading.Tests.Integration;

/// <summary>The queue as workers use it, in a database of the test's own.</summary>
[Collection(SystemTests.Name)]
public sealed class JobQueueTests(TradingSystem system) : IAsyncLifetime
{
    private const string Kind = "test";
    private static readonly TimeSpan _lease = TimeSpan.FromMinutes(5);
    private ScratchDatabase? _database;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private NpgsqlDataSource Source => _database!.Source;

    private JobQueue Queue => new(Source);

    public async ValueTask InitializeAsync() => _database = await ScratchDatabase.CreateAsync(system);

    public ValueTask DisposeAsync() => _database!.DisposeAsync();

    [Fact]
    public async Task Two_workers_never_have_the_same_job()
    {
        const int Jobs = 40;
        for (var job = 0; job < Jobs; job++)
        {
            await AddAsync();
        }

        var claimed = await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => TakeAllAsync($"w{worker}")));

        Assert.Equal(Jobs, claimed.Sum(own => own.Count));
        Assert.Equal(Jobs, claimed.SelectMany(own => own).Distinct().Count());
    }

    [Fact]
    public async Task A_job_whose_worker_is_silent_past_its_lease_is_anothers_and_stale_writes_are_fenced()
    {
        var id = await AddAsync();
        var first = await Queue.ClaimAsync("a", [Kind], TimeSpan.FromMilliseconds(1), Cancellation);
        var second = await Eventually.ReturnsAsync(
            () => Queue.ClaimAsync("b", [Kind], _lease, Cancellation), "the lease runs out");

        Assert.Equal((id, id), (first!.Id, second.Id));
        Assert.True(second.Fence > first.Fence, "A later claim has the higher fence.");
        Assert.Equal(JobHold.Lost, await Queue.HoldAsync(first, _lease, 1, 2, Cancellation));
        await Queue.FailAsync(first, "late", null, Cancellation);
        await Queue.ReleaseAsync(first, Cancellation);
        Assert.False(await CompleteAsync(first), "What the first stores is not taken.");
        Assert.Equal(JobHold.Held, await Queue.HoldAsync(second, _lease, 1, 2, Cancellation));
        Assert.True(await CompleteAsync(second), "What the second stores is.");
        Assert.Equal(JobState.Succeeded, await ColumnAsync<string>(id, "state"));
    }

    [Fact]
    public async Task A_job_that_fails_waits_longer_each_time_and_goes_to_dead_letters_after_3_tries()
    {
        var id = await AddAsync("""{"n":1}""");
        for (var attempt = 1; attempt < JobQueue.MaxAttempts; attempt++)
        {
            var job = await Queue.ClaimAsync("a", [Kind], _lease, Cancellation);
            Assert.Equal(attempt, job!.Attempts);
            await Queue.FailAsync(job, $"fault {attempt}", TimeSpan.FromHours(1), Cancellation);
            Assert.Null(await Queue.ClaimAsync("a", [Kind], _lease, Cancellation));
            await DueNowAsync(id);
        }

        var last = await Queue.ClaimAsync("a", [Kind], _lease, Cancellation);
        await Queue.FailAsync(last!, "fault 3", null, Cancellation);

        var letters = new DeadLetterStore(Source);
        var letter = Assert.Single(await letters.ListAsync(null, 10, Cancellation));
        Assert.Equal((id, "fault 3", 3), (letter.JobId, letter.Error, letter.Attempts));
        Assert.Equal("""{"n": 1}""", letter.Payload);
        Assert.Null(await Queue.ClaimAsync("a", [Kind], _lease, Cancellation));
        Assert.True(await letters.ReplayAsync(letter.Id, Cancellation), "A dead letter can be replayed.");
        Assert.False(await letters.ReplayAsync(letter.Id, Cancellation), "Once.");
        Assert.Equal(1, (await Queue.ClaimAsync("a", [Kind], _lease, Cancellation))!.Attempts);
    }

    [Fact]
    public async Task A_job_that_was_to_be_cancelled_when_it_failed_last_is_done_when_it_is_replayed()
    {
        var owner = await AddUserAsync();
        var id = await AddAsync(owner: owner);
        var last = await Queue.ClaimAsync("a", [Kind], _lease, Cancellation);
        Assert.True(await Queue.CancelAsync(owner, id, Cancellation), "It runs.");
        await Queue.FailAsync(last!, "fault", null, Cancellation);
        var letters = new DeadLetterStore(Source);

        Assert.True(
            await letters.ReplayAsync((await letters.ListAsync(null, 1, Cancellation))[0].Id, Cancellation), "It is replayed.");

        var replayed = await Queue.ClaimAsync("a", [Kind], _lease, Cancellation);
        Assert.Equal(JobHold.Held, await Queue.HoldAsync(replayed!, _lease, 0, 0, Cancellation));
    }

    [Fact]
    public async Task A_poison_message_blocks_nothing()
    {
        await AddAsync();
        var healthy = await AddAsync();
        var poison = await Queue.ClaimAsync("a", [Kind], _lease, Cancellation);
        await Queue.FailAsync(poison!, "poison", TimeSpan.FromHours(1), Cancellation);

        Assert.Equal(healthy, (await Queue.ClaimAsync("a", [Kind], _lease, Cancellation))!.Id);
    }

    [Fact]
    public async Task A_job_that_waits_is_cancelled_at_once_and_one_that_runs_is_told()
    {
        var owner = await AddUserAsync();
        var (waits, runs) = (await AddAsync(owner: owner), await AddAsync(owner: owner));
        await LaterAsync(waits);
        var running = await Queue.ClaimAsync("a", [Kind], _lease, Cancellation);
        Assert.Equal(runs, running!.Id);

        Assert.True(await Queue.CancelAsync(owner, waits, Cancellation), "It waits.");
        Assert.True(await Queue.CancelAsync(owner, runs, Cancellation), "It runs.");
        Assert.False(await Queue.CancelAsync(await AddUserAsync(), runs, Cancellation), "It is not theirs.");

        Assert.Equal(JobState.Cancelled, await ColumnAsync<string>(waits, "state"));
        Assert.Equal(JobHold.CancelRequested, await Queue.HoldAsync(running, _lease, 0, 0, Cancellation));
        await Queue.FinishCancelledAsync(running, Cancellation);
        Assert.Equal(JobState.Cancelled, await ColumnAsync<string>(runs, "state"));
    }

    [Fact]
    public async Task A_user_with_none_under_way_goes_before_one_with_many()
    {
        var (busy, idle) = (await AddUserAsync(), await AddUserAsync());
        for (var job = 0; job < 3; job++)
        {
            await AddAsync(owner: busy);
        }

        var late = await AddAsync(owner: idle);
        await Queue.ClaimAsync("a", [Kind], _lease, Cancellation);

        Assert.Equal(late, (await Queue.ClaimAsync("a", [Kind], _lease, Cancellation))!.Id);
    }

    [Fact]
    public async Task A_new_job_is_told_to_whoever_listens()
    {
        await using var connection = await Source.OpenConnectionAsync(Cancellation);
        await using var listen = new NpgsqlCommand($"LISTEN {JobQueue.Channel}", connection);
        await listen.ExecuteNonQueryAsync(Cancellation);

        await AddAsync();

        Assert.True(await connection.WaitAsync(TimeSpan.FromSeconds(60), Cancellation), "PostgreSQL tells of it.");
    }

    private async Task<List<Guid>> TakeAllAsync(string worker)
    {
        var own = new List<Guid>();
        while (await Queue.ClaimAsync(worker, [Kind], _lease, Cancellation) is { } job)
        {
            own.Add(job.Id);
        }

        return own;
    }

    private async Task<Guid> AddAsync(string payload = "{}", Guid? owner = null)
    {
        var id = Guid.CreateVersion7();
        await using var connection = await Source.OpenConnectionAsync(Cancellation);
        await JobQueue.AddAsync(connection, new NewJob(id, Kind, payload, owner), Cancellation);
        return id;
    }

    private async Task<bool> CompleteAsync(ClaimedJob job)
    {
        await using var connection = await Source.OpenConnectionAsync(Cancellation);
        return await JobQueue.TryCompleteAsync(connection, job, Cancellation);
    }

    private Task DueNowAsync(Guid id) => ChangeAsync("UPDATE jobs SET next_attempt_at = now() WHERE id = $1", id);

    private Task LaterAsync(Guid id) =>
        ChangeAsync("UPDATE jobs SET next_attempt_at = now() + interval '1 hour' WHERE id = $1", id);

    private async Task ChangeAsync(string sql, Guid id)
    {
        await using var command = Source.CreateCommand(sql);
        command.Parameters.AddWithValue(id);
        Assert.Equal(1, await command.ExecuteNonQueryAsync(Cancellation));
    }

    private async Task<T> ColumnAsync<T>(Guid id, string column)
    {
        await using var command = Source.CreateCommand($"SELECT {column} FROM jobs WHERE id = $1");
        command.Parameters.AddWithValue(id);
        return (T)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    private async Task<Guid> AddUserAsync()
    {
        var id = Guid.CreateVersion7();
        await using var command = Source.CreateCommand(
            """
            INSERT INTO users (id, user_name, normalized_user_name, email, normalized_email, email_confirmed,
                phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count, tier, recovery_codes,
                last_totp_step, created_at)
            SELECT $1, $2, $2, $2, $2, true, false, false, false, 0, 'free', '{}', 0, now()
            """);
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue($"{id:n}@example.com");
        await command.ExecuteNonQueryAsync(Cancellation);
        return id;
    }
}

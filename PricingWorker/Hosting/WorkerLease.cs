using Npgsql;

namespace Trading.PricingWorker.Hosting;

/// <summary>
/// Sees to it that one worker at a time stores bars, rates of currencies and signals: a session lock in PostgreSQL, which
/// a crash releases at once. A second worker waits as a standby; quotes are made by all, each its shards. The holder ends
/// should another hold the lock when the database is back.
/// </summary>
internal sealed partial class WorkerLease(
    NpgsqlDataSource database,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<WorkerLease> logger) : BackgroundService
{
    private const long LockKey = 0x5452_4144_5155_4F54;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _standby;
    private volatile bool _confirmed;

    /// <summary>Completes when this worker is the one.</summary>
    public Task WhenHeld => _held.Task;

    /// <summary>False while the database cannot confirm it: nothing may be stored then.</summary>
    public bool IsConfirmed => _confirmed;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await HoldAsync(stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                LogUnconfirmed(error.Message);
            }
            finally
            {
                _confirmed = false;
            }

            await Task.Delay(Period, time, stoppingToken);
        }
    }

    private async Task HoldAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        if (!await TryLockAsync(connection, cancellationToken))
        {
            StandBy();
            return;
        }

        _confirmed = true;
        _held.TrySetResult();
        try
        {
            await using var ask = new NpgsqlCommand("SELECT 1", connection) { CommandTimeout = 5 };
            while (true)
            {
                await Task.Delay(Period, time, cancellationToken);
                await ask.ExecuteNonQueryAsync(cancellationToken);
            }
        }
        finally
        {
            _confirmed = false;
            await UnlockAsync(connection);
        }
    }

    // A connection that goes back to its pool keeps its session, and with it the lock: the standby would wait for our end.
    private static async Task UnlockAsync(NpgsqlConnection connection)
    {
        try
        {
            await using var command = new NpgsqlCommand("SELECT pg_advisory_unlock($1)", connection)
            {
                CommandTimeout = 1,
                Parameters = { new NpgsqlParameter { Value = LockKey } },
            };
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (Exception error) when (error is NpgsqlException or InvalidOperationException)
        {
            // The connection is lost, and the lock with it.
        }
    }

    private static async Task<bool> TryLockAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT pg_try_advisory_lock($1)", connection)
        {
            Parameters = { new NpgsqlParameter { Value = LockKey } },
        };
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    private void StandBy()
    {
        if (_held.Task.IsCompleted)
        {
            LogTakenOver();
            lifetime.StopApplication();
        }
        else if (!_standby)
        {
            _standby = true;
            LogStandby();
        }
    }

    [LoggerMessage(LogLevel.Information, "Another worker holds the lease; this one stands by.")]
    private partial void LogStandby();

    [LoggerMessage(LogLevel.Error, "Another worker took the lease over while the database was away; this one stops.")]
    private partial void LogTakenOver();

    [LoggerMessage(LogLevel.Debug, "The database cannot confirm the lease: {Reason}")]
    private partial void LogUnconfirmed(string reason);
}

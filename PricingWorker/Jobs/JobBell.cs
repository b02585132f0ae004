using Microsoft.Extensions.Options;
using Npgsql;
using Trading.Data.Jobs;

namespace Trading.PricingWorker.Jobs;

/// <summary>Rings when PostgreSQL tells of a job, and every second anyway.</summary>
internal sealed partial class JobBell(
    NpgsqlDataSource database, IOptions<JobOptions> options, TimeProvider time, ILogger<JobBell> logger) : BackgroundService
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _rung = New();

    /// <summary>Completes when it rings next.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        Task rung;
        lock (_gate)
        {
            rung = _rung.Task;
        }

        await Task.WhenAny(rung, Task.Delay(options.Value.PollEvery, time, cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                LogDeaf(error.Message);
                await Task.Delay(options.Value.PollEvery, time, stoppingToken);
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        connection.Notification += (_, _) => Ring();
        await using (var listen = new NpgsqlCommand($"LISTEN {JobQueue.Channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(cancellationToken);
        }

        while (true)
        {
            await connection.WaitAsync(cancellationToken);
        }
    }

    private void Ring()
    {
        lock (_gate)
        {
            _rung.TrySetResult();
            _rung = New();
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(LogLevel.Debug, "Jobs are looked for every second, as PostgreSQL does not tell of them: {Reason}")]
    private partial void LogDeaf(string reason);
}

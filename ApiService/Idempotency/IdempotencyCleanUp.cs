using Trading.Data.Idempotency;

namespace Trading.ApiService.Idempotency;

/// <summary>Removes keys that are over.</summary>
internal sealed partial class IdempotencyCleanUp(
    IdempotencyStore store, TimeProvider time, ILogger<IdempotencyCleanUp> logger) : BackgroundService
{
    private static readonly TimeSpan _period = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await store.ForgetAsync(stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                LogRetry(error.Message);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Keys of requests that are over stay for now: {Reason}")]
    private partial void LogRetry(string reason);
}

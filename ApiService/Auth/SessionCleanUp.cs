using Trading.Data.Accounts;

namespace Trading.ApiService.Auth;

/// <summary>Removes sessions, and their tokens, that have been over for 30 days.</summary>
internal sealed partial class SessionCleanUp(SessionStore sessions, TimeProvider time, ILogger<SessionCleanUp> logger)
    : BackgroundService
{
    private static readonly TimeSpan _period = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var removed = await sessions.ForgetAsync(time.GetUtcNow().UtcDateTime, stoppingToken);
                LogRemoved(removed);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                LogRetry(error.Message);
            }
        }
    }

    [LoggerMessage(LogLevel.Debug, "{Removed} sessions that were over have been removed")]
    private partial void LogRemoved(int removed);

    [LoggerMessage(LogLevel.Warning, "Sessions that are over stay for now: {Reason}")]
    private partial void LogRetry(string reason);
}

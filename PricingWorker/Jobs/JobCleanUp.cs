using Microsoft.Extensions.Options;
using Trading.Data.Jobs;

namespace Trading.PricingWorker.Jobs;

/// <summary>Removes jobs that have long been over.</summary>
internal sealed partial class JobCleanUp(
    JobQueue queue, IOptions<JobOptions> options, TimeProvider time, ILogger<JobCleanUp> logger) : BackgroundService
{
    private static readonly TimeSpan _period = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await queue.ForgetAsync(options.Value.KeepFor, stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                LogRetry(error.Message);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Jobs that are over stay for now: {Reason}")]
    private partial void LogRetry(string reason);
}

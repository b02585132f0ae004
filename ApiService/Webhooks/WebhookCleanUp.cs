using Microsoft.Extensions.Options;
using Trading.Data.Webhooks;

namespace Trading.ApiService.Webhooks;

/// <summary>Removes events, with their deliveries, that are older than is kept.</summary>
internal sealed partial class WebhookCleanUp(
    DeliveryQueue queue, IOptions<WebhookOptions> options, TimeProvider time, ILogger<WebhookCleanUp> logger)
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
                LogRemoved(await queue.ForgetAsync(options.Value.Keep, stoppingToken));
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                LogRetry(error.Message);
            }
        }
    }

    [LoggerMessage(LogLevel.Debug, "{Removed} events of webhooks have been removed")]
    private partial void LogRemoved(int removed);

    [LoggerMessage(LogLevel.Warning, "Old events of webhooks stay for now: {Reason}")]
    private partial void LogRetry(string reason);
}

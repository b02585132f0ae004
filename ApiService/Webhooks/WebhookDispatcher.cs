using Microsoft.Extensions.Options;
using Trading.ApiService.Audit;
using Trading.ApiService.Auth.Mail;
using Trading.ApiService.Telemetry;
using Trading.Data.Webhooks;

namespace Trading.ApiService.Webhooks;

/// <summary>
/// Sends what is due, each try by one replica at a time. What one has begun when it stops it finishes; what one has
/// begun when it dies another begins anew, so that a receiver may see an event twice, with the same id.
/// </summary>
internal sealed partial class WebhookDispatcher(
    DeliveryQueue queue,
    WebhookSender sender,
    AuditTrail audit,
    AccountLetters letters,
    WebhookMetrics metrics,
    IOptions<WebhookOptions> options,
    TimeProvider time,
    ILogger<WebhookDispatcher> logger) : BackgroundService
{
    private const int EventsAtOnce = 500;
    private const int UserShare = 4;

    // Three times as long as a try may take.
    private static readonly TimeSpan _lease = TimeSpan.FromSeconds(30);

    private readonly Dictionary<Task, Guid> _running = [];
    private bool _isReached;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var isMore = await RoundAsync(stoppingToken);
            var pause = Task.Delay(options.Value.Period, time, stoppingToken);
            await (isMore ? Task.WhenAny([pause, .. _running.Keys]) : Task.WhenAny(pause));
            foreach (var finished in _running.Keys.Where(task => task.IsCompleted).ToArray())
            {
                _running.Remove(finished);
            }
        }

        await Task.WhenAll(_running.Keys);
    }

    /// <summary>Begins what is due and fits; true where more may be.</summary>
    private async Task<bool> RoundAsync(CancellationToken cancellationToken)
    {
        var free = options.Value.AtATime - _running.Count;
        if (free == 0)
        {
            return true;
        }

        try
        {
            await queue.RelayAsync(EventsAtOnce, cancellationToken);
            var share = options.Value.AtATime / UserShare;
            Guid[] busy =
                [.. _running.Values.CountBy(user => user).Where(of => of.Value >= share).Select(of => of.Key)];
            var claimed = await queue.ClaimAsync(free, share, busy, _lease, cancellationToken);
            foreach (var delivery in claimed)
            {
                _running.Add(DeliverAsync(delivery), delivery.UserId);
            }

            _isReached = true;
            return claimed.Count > 0;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            // Before the first time the schema may still be on its way. What was told once is not told every second.
            if (_isReached)
            {
                LogAway(error.Message);
                _isReached = false;
            }

            return false;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task DeliverAsync(ClaimedDelivery delivery)
    {
        try
        {
            var outcome = await sender.SendAsync(delivery, CancellationToken.None);
            var retry = outcome.Error is null ? null : RetrySchedule.After(delivery.Tries, options.Value);
            metrics.Tried(outcome, isLast: retry is null);
            var paused = await queue.FinishAsync(
                delivery, outcome, retry, options.Value.PauseAfter, CancellationToken.None);
            if (paused is not null)
            {
                await TellAsync(paused);
            }
        }
        catch (Exception error)
        {
            LogUnfinished(delivery.EventId, error.Message);
        }
    }

    private Task TellAsync(PausedWebhook paused)
    {
        LogPaused(paused.Id);
        letters.WebhookPaused(paused.Email, paused.Url);
        var happened = new AuditEvent(
            AuditActions.WebhookChange,
            AuditOutcome.Failure,
            Subject: paused.Id.ToString(),
            Details: new Dictionary<string, string> { ["change"] = "paused" },
            Account: paused.UserId);
        return audit.RecordAsync(happened, CancellationToken.None);
    }

    [LoggerMessage(LogLevel.Warning, "Webhooks wait for the database: {Reason}")]
    private partial void LogAway(string reason);

    [LoggerMessage(
        LogLevel.Warning, "What came of the event {Event} at a webhook was not written down, it is sent again: {Reason}")]
    private partial void LogUnfinished(Guid @event, string reason);

    [LoggerMessage(LogLevel.Information, "The webhook {Webhook} has failed for long and is paused")]
    private partial void LogPaused(Guid webhook);
}

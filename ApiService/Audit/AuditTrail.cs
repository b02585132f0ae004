using System.Text.Json;
using System.Threading.Channels;
using Trading.ApiService.Auth;
using Trading.ApiService.Edge;
using Trading.ApiService.Limits;
using Trading.ApiService.Webhooks;
using Trading.Data.Audit;
using Trading.ServiceDefaults;

namespace Trading.ApiService.Audit;

/// <summary>
/// Writes down who did what. An act that changes something waits for its row; a refusal is queued, so that a flood of
/// them costs the refused and not the database.
/// </summary>
internal sealed partial class AuditTrail(
    AuditStore store, TrustedCaller trusted, TimeProvider time, ILogger<AuditTrail> logger) : BackgroundService
{
    private const int QueueLength = 4096;
    private const int BatchLength = 256;
    private const int LongestText = 200;
    private static readonly TimeSpan _retryDelay = TimeSpan.FromSeconds(2);

    private readonly Channel<AuditRow> _queue = Channel.CreateBounded<AuditRow>(
        new BoundedChannelOptions(QueueLength) { SingleReader = true });

    private long _dropped;

    /// <summary>Stores an event; when this returns it is in the trail, and the account it concerns will be told.</summary>
    public Task RecordAsync(HttpContext context, AuditEvent happened, CancellationToken cancellationToken)
    {
        var row = RowOf(context, happened);
        return store.AppendAsync([row], AccountEvents.Of(happened, row), cancellationToken);
    }

    /// <summary>Stores what the system itself did.</summary>
    public Task RecordAsync(AuditEvent happened, CancellationToken cancellationToken)
    {
        var row = new AuditRow
        {
            Time = time.GetUtcNow().UtcDateTime,
            Actor = "system",
            Action = happened.Action,
            Outcome = NameOf(happened.Outcome),
            Subject = Shorten(happened.Subject),
            TraceId = System.Diagnostics.Activity.Current?.TraceId.ToHexString(),
            Details = DetailsOf(happened),
        };
        return store.AppendAsync([row], AccountEvents.Of(happened, row), cancellationToken);
    }

    /// <summary>Stores an event soon. Where the queue is full it is counted and told in the log.</summary>
    public void Record(HttpContext context, AuditEvent happened)
    {
        if (!_queue.Writer.TryWrite(RowOf(context, happened)))
        {
            Interlocked.Increment(ref _dropped);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<AuditRow>(BatchLength);
        try
        {
            while (await _queue.Reader.WaitToReadAsync(stoppingToken))
            {
                while (batch.Count < BatchLength && _queue.Reader.TryRead(out var row))
                {
                    batch.Add(row);
                }

                await StoreAsync(batch, stoppingToken);
                batch.Clear();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await StoreRestAsync(batch);
        }
    }

    private async Task StoreAsync(List<AuditRow> batch, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await store.AppendAsync(batch, cancellationToken);
                if (Interlocked.Exchange(ref _dropped, 0) is > 0 and var dropped)
                {
                    LogDropped(dropped);
                }

                return;
            }
            catch (Exception error) when (StoreFailures.IsUnstorable(error))
            {
                await StoreApartAsync(batch, error, cancellationToken);
                return;
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
            {
                LogAway(batch.Count, error.Message);
                await Task.Delay(_retryDelay, time, cancellationToken);
            }
        }
    }

    // A row that no try will ever store must not hold up those behind it.
    private async Task StoreApartAsync(List<AuditRow> batch, Exception error, CancellationToken cancellationToken)
    {
        if (batch is [var unstorable])
        {
            LogUnstorable(unstorable.Action, unstorable.Outcome, unstorable.Address, error.Message);
            return;
        }

        foreach (var row in batch)
        {
            await StoreAsync([row], cancellationToken);
        }
    }

    private async Task StoreRestAsync(List<AuditRow> batch)
    {
        while (_queue.Reader.TryRead(out var row))
        {
            batch.Add(row);
        }

        if (batch.Count == 0)
        {
            return;
        }

        try
        {
            using var deadline = new CancellationTokenSource(_retryDelay, time);
            await StoreAsync(batch, deadline.Token);
        }
        catch (Exception error)
        {
            LogLost(batch.Count, error.Message);
        }
    }

    private AuditRow RowOf(HttpContext context, AuditEvent happened) => new()
    {
        Time = time.GetUtcNow().UtcDateTime,
        ActorId = context.User.UserId(),
        Actor = Shorten(happened.Actor ?? context.User.Identity?.Name),
        Action = happened.Action,
        Outcome = NameOf(happened.Outcome),
        Subject = Shorten(happened.Subject),
        Address = ClientAddress.Of(context, trusted)?.ToString(),
        UserAgent = Shorten(context.Request.Headers.UserAgent),
        RequestId = context.TraceIdentifier,
        TraceId = ApiProblem.TraceIdOf(context),
        Details = DetailsOf(happened),
    };

    private static string NameOf(AuditOutcome outcome) => outcome.ToString().ToLowerInvariant();

    private static string? DetailsOf(AuditEvent happened) => happened.Details is null
        ? null
        : JsonSerializer.Serialize(happened.Details, ApiJson.Default.AuditDetails);

    private static string? Shorten(string? text) => text is null ? null : StoredText.Of(text, LongestText);

    [LoggerMessage(LogLevel.Warning, "{Count} events wait for the audit trail: {Reason}")]
    private partial void LogAway(int count, string reason);

    [LoggerMessage(LogLevel.Error, "An event {Action} ({Outcome}) from {Address} cannot be stored in the audit trail: {Reason}")]
    private partial void LogUnstorable(string action, string outcome, string? address, string reason);

    [LoggerMessage(LogLevel.Error, "{Count} events were not written to the audit trail, as too many came at once")]
    private partial void LogDropped(long count);

    [LoggerMessage(LogLevel.Error, "{Count} events were not written to the audit trail before the end: {Reason}")]
    private partial void LogLost(int count, string reason);
}

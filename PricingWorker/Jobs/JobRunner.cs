using Microsoft.Extensions.Options;
using Trading.Data.Jobs;

namespace Trading.PricingWorker.Jobs;

/// <summary>
/// Takes jobs while there are any and room for them, on every worker, whether it quotes or stands by. When the worker
/// stops, what it has begun goes back to the queue.
/// </summary>
internal sealed partial class JobRunner(
    JobQueue queue,
    JobBell bell,
    JobExecution execution,
    IEnumerable<IJobHandler> handlers,
    IOptions<JobOptions> options,
    TimeProvider time,
    ILogger<JobRunner> logger) : BackgroundService
{
    private readonly string _worker = $"{Environment.MachineName}:{Environment.ProcessId}:{Guid.NewGuid():N}";
    private readonly ILookup<JobLane, string> _kinds = handlers.ToLookup(handler => handler.Lane, handler => handler.Kind);
    private bool _isReached;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        from lane in _kinds
        from _ in Enumerable.Range(0, options.Value.AtATimeOf(lane.Key))
        select Task.Run(() => WorkAsync([.. lane], stoppingToken), stoppingToken));

    private async Task WorkAsync(string[] kinds, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var next = bell.WaitAsync(cancellationToken);
            if (await TryClaimAsync(kinds, cancellationToken) is { } job)
            {
                await execution.RunAsync(job, cancellationToken);
            }
            else
            {
                await next;
            }
        }
    }

    private async Task<ClaimedJob?> TryClaimAsync(string[] kinds, CancellationToken cancellationToken)
    {
        try
        {
            var job = await queue.ClaimAsync(_worker, kinds, options.Value.Lease, cancellationToken);
            _isReached = true;
            return job;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            // Before the first time the schema may still be on its way.
            if (_isReached)
            {
                LogAway(error.Message);
                _isReached = false;
            }

            await Task.Delay(options.Value.PollEvery, time, cancellationToken);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Jobs wait for the database: {Reason}")]
    private partial void LogAway(string reason);
}

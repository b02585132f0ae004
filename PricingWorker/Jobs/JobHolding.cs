using Trading.Data.Jobs;

namespace Trading.PricingWorker.Jobs;

/// <summary>Keeps a job this worker's while it is done, and ends the work when it is lost or not wanted.</summary>
internal sealed class JobHolding : IAsyncDisposable
{
    private readonly CancellationTokenSource _end;
    private readonly CancellationTokenSource _done = new();
    private readonly Task _holding;

    public JobHolding(
        ClaimedJob job,
        JobQueue queue,
        JobProgress progress,
        JobWatchers watchers,
        JobOptions options,
        TimeProvider time,
        CancellationToken stopping)
    {
        _end = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Ended = _end.Token;
        _holding = HoldAsync(job, queue, progress, watchers, options, time);
    }

    /// <summary>Ends the work.</summary>
    public CancellationToken Ended { get; }

    public JobHold Last { get; private set; } = JobHold.Held;

    public async ValueTask DisposeAsync()
    {
        if (!_done.IsCancellationRequested)
        {
            await _done.CancelAsync();
            await _holding;
            _end.Dispose();
            _done.Dispose();
        }
    }

    private async Task HoldAsync(
        ClaimedJob job,
        JobQueue queue,
        JobProgress progress,
        JobWatchers watchers,
        JobOptions options,
        TimeProvider time)
    {
        var heldAt = time.GetTimestamp();
        while (Last == JobHold.Held && !_done.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(options.HoldEvery, time, _done.Token);
                var asked = time.GetTimestamp();
                Last = await queue.HoldAsync(job, options.Lease, progress.Done, progress.Total, _done.Token);
                heldAt = asked;
                await watchers.ProgressedAsync(job, progress);
            }
            catch (OperationCanceledException) when (_done.IsCancellationRequested)
            {
                return;
            }
            catch (Exception) when (time.GetElapsedTime(heldAt) < options.Lease)
            {
                // The database is away; as long as the lease lasts, nobody else has the job.
            }
            catch (Exception)
            {
                Last = JobHold.Lost;
            }
        }

        if (Last != JobHold.Held)
        {
            await _end.CancelAsync();
        }
    }
}

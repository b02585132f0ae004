using Microsoft.Extensions.Options;
using Trading.Data.Backtests;
using Trading.Data.Jobs;
using Trading.PricingWorker.Jobs;

namespace Trading.PricingWorker.Backtests;

/// <summary>Runs the backtests that are too long for a request.</summary>
internal sealed class BacktestJobs(
    BacktestRunner runner, BacktestStore store, BacktestJobMetrics metrics, IOptions<BacktestJobOptions> options) : IJobHandler
{
    public string Kind => BacktestStore.JobKind;

    public async Task RunAsync(ClaimedJob job, JobProgress progress, CancellationToken cancellationToken)
    {
        var spec = await store.FindSpecAsync(job.Id, cancellationToken)
            ?? throw new JobRefusedException("The backtest is gone.");
        StoredResult result;
        try
        {
            result = await runner.RunAsync(
                spec, SpecStrategy.Of(spec), options.Value.MaxBars, progress.Report, cancellationToken);
        }
        catch (Exception refused) when (refused is BacktestRefusedException or ArgumentException)
        {
            throw new JobRefusedException(refused.Message);
        }

        if (await store.TryFinishAsync(job, result, cancellationToken))
        {
            metrics.Ran(result.Figures, progress.Total);
        }
    }
}

/// <summary>What a worker's backtests may take; section <c>Backtests</c>.</summary>
internal sealed class BacktestJobOptions
{
    public const string Section = "Backtests";

    /// <summary>What has more bars is refused: they are all in memory at once.</summary>
    public long MaxBars { get; set; } = 5_000_000;
}

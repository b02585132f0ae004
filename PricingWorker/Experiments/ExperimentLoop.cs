using System.Diagnostics;
using Microsoft.Extensions.Options;
using Trading.Data.Experiments;
using Trading.Data.Schema;
using Trading.Domain.Market;
using Trading.PricingWorker.Hosting;

namespace Trading.PricingWorker.Experiments;

/// <summary>
/// Takes experiments on as bars close. Every worker does: each takes those that no other has at the moment, and what
/// comes of them is the same on any.
/// </summary>
internal sealed partial class ExperimentLoop(
    SchemaState schema,
    ExperimentAdvance advance,
    ExperimentMetrics metrics,
    ExperimentWatchers watchers,
    IOptions<ExperimentOptions> options,
    TimeProvider time,
    ILogger<ExperimentLoop> logger) : BackgroundService
{
    private bool _failing;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Enabled)
        {
            return;
        }

        metrics.StartCounting();
        await schema.WhenReady.WaitAsync(stoppingToken);
        while (true)
        {
            foreach (var interval in BarInterval.All)
            {
                await TryAdvanceAllAsync(interval, stoppingToken);
            }

            await Task.Delay(options.Value.Period, time, stoppingToken);
        }
    }

    private async Task TryAdvanceAllAsync(BarInterval interval, CancellationToken stoppingToken)
    {
        try
        {
            await AdvanceAllAsync(interval, stoppingToken);
            _failing = false;
        }
        catch (Exception error) when (!stoppingToken.IsCancellationRequested)
        {
            if (!_failing)
            {
                _failing = true;
                LogAway(error, interval.Code);
            }
        }
    }

    private async Task AdvanceAllAsync(BarInterval interval, CancellationToken cancellationToken)
    {
        var until = time.GetUtcNow().UtcDateTime - options.Value.CloseDelay;
        for (var seen = new List<Guid>(); ;)
        {
            try
            {
                if (await AdvanceAsync(interval, until, [.. seen], cancellationToken) is not { } id)
                {
                    return;
                }

                seen.Add(id);
            }
            catch (ExperimentException error)
            {
                // The next round tries it again; the others go on.
                seen.Add(error.Id);
                metrics.Failed();
                LogFailed(error, error.Id);
            }
        }
    }

    private async Task<Guid?> AdvanceAsync(
        BarInterval interval, DateTime until, Guid[] not, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        using var activity = WorkerMetrics.Activities.StartActivity("experiment.advance");
        if (await advance.AdvanceAsync(interval, until, not, cancellationToken) is not { } news)
        {
            // A trace every few seconds that says nothing happened would hide the others.
            activity?.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            return null;
        }

        var elapsed = time.GetElapsedTime(started);
        if (news.Added > 0 || news.Row.State != ExperimentState.Running)
        {
            metrics.Record(news, elapsed);
            await watchers.AdvancedAsync(news);
            LogAdvanced(news.Row.Id, news.Row.Bars, news.Row.State, elapsed.TotalMilliseconds);
        }

        return news.Row.Id;
    }

    [LoggerMessage(LogLevel.Debug, "Experiment {Id} has {Bars} bars and is {State}, after {Milliseconds:0} ms")]
    private partial void LogAdvanced(Guid id, int bars, string state, double milliseconds);

    [LoggerMessage(LogLevel.Warning, "Experiment {Id} could not be taken on; it is tried again.")]
    private partial void LogFailed(Exception error, Guid id);

    [LoggerMessage(LogLevel.Warning, "Experiments of {Interval} bars could not be taken on; they are tried again.")]
    private partial void LogAway(Exception error, string interval);
}

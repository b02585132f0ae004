using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Options;
using Trading.Data.Schema;
using Trading.Data.Signals;
using Trading.Domain.Market;
using Trading.PricingWorker.Hosting;
using Trading.ServiceDefaults.Messages;

namespace Trading.PricingWorker.Signals;

/// <summary>
/// Follows bars as they close. The first round takes all that was missed, and the whole past of instruments that are
/// new; a failed round stored nothing, and the next takes the same bars again.
/// </summary>
internal sealed partial class SignalLoop(
    SchemaState schema,
    WorkerLease lease,
    SignalRun run,
    SignalMetrics metrics,
    UserFeed feed,
    IOptions<SignalOptions> options,
    TimeProvider time,
    ILogger<SignalLoop> logger) : BackgroundService
{
    // A connection holds 256 messages that its reader has not taken.
    private const int NewsAtOnce = 50;
    private static readonly TimeSpan _betweenNews = TimeSpan.FromMilliseconds(100);

    private readonly BarInterval[] _intervals = Read(options.Value.Intervals);
    private bool _failing;

    /// <summary>The intervals of a setting.</summary>
    /// <exception cref="OptionsValidationException">One of them is unknown.</exception>
    public static BarInterval[] Read(string codes) =>
    [
        .. codes.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(code =>
            BarInterval.TryParse(code, out var interval)
                ? interval
                : throw new OptionsValidationException(
                    SignalOptions.Section, typeof(SignalOptions), [$"Signals:Intervals knows no interval {code}."])),
    ];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Enabled)
        {
            return;
        }

        metrics.StartCounting();
        await schema.WhenReady.WaitAsync(stoppingToken);
        await lease.WhenHeld.WaitAsync(stoppingToken);
        while (true)
        {
            foreach (var interval in _intervals)
            {
                await TryRunAsync(interval, stoppingToken);
            }

            await Task.Delay(options.Value.Period, time, stoppingToken);
        }
    }

    private async Task TryRunAsync(BarInterval interval, CancellationToken stoppingToken)
    {
        if (!lease.IsConfirmed)
        {
            return;
        }

        try
        {
            await RunAsync(interval, stoppingToken);
            _failing = false;
        }
        catch (Exception error) when (!stoppingToken.IsCancellationRequested)
        {
            if (!_failing)
            {
                _failing = true;
                LogFailed(error, interval.Code);
            }
        }
    }

    private async Task RunAsync(BarInterval interval, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        using var activity = WorkerMetrics.Activities.StartActivity("signals.run");
        var result = await run.RunAsync(
            interval, null, time.GetUtcNow().UtcDateTime - options.Value.CloseDelay, cancellationToken);
        if (result.Instruments == 0)
        {
            // A trace every few seconds that says nothing happened would hide the others.
            activity?.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            return;
        }

        var elapsed = time.GetElapsedTime(started);
        await PublishAsync(result.News, cancellationToken);
        metrics.Record(result, elapsed);
        LogFollowed(
            interval.Code,
            result.Instruments,
            result.Generated,
            result.Backfilled,
            result.Resolved.Values.Sum(),
            result.Anomalies,
            elapsed.TotalSeconds);
        await run.RefitAsync(interval, cancellationToken);
    }

    private async Task PublishAsync(IReadOnlyList<SignalNews> news, CancellationToken cancellationToken)
    {
        foreach (var some in news.Chunk(NewsAtOnce))
        {
            foreach (var one in some)
            {
                await feed.PublishAsync(null, Encoding.UTF8.GetBytes(one.Json));
            }

            await Task.Delay(_betweenNews, time, cancellationToken);
        }
    }

    [LoggerMessage(
        LogLevel.Information,
        "Signals of {Interval} bars: {Instruments} instruments followed, {Generated} made, {Backfilled} of the past, "
        + "{Resolved} ended, {Anomalies} anomalies, in {Seconds:0.00} s")]
    private partial void LogFollowed(
        string interval, int instruments, int generated, int backfilled, int resolved, int anomalies, double seconds);

    [LoggerMessage(LogLevel.Warning, "Signals of {Interval} bars could not be made; the bars are taken again.")]
    private partial void LogFailed(Exception error, string interval);
}

using Trading.Data.Bars;
using Trading.Data.Instruments;
using Trading.Data.Schema;
using Trading.PricingWorker.Hosting;

namespace Trading.PricingWorker.Bars;

/// <summary>
/// Turns the stream of ticks into stored bars. Whatever fails, it starts over from the last checkpoint, so there is one
/// way to recover and a crash takes the same.
/// </summary>
internal sealed partial class BarIngest(
    SchemaState schema,
    WorkerLease lease,
    InstrumentStore instruments,
    BarStore bars,
    TickStream stream,
    WorkerMetrics metrics,
    TimeProvider time,
    ILogger<BarIngest> logger) : BackgroundService
{
    private const int MostPerBatch = 256;
    private static readonly TimeSpan SavePeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PollPeriod = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(4);

    private int _failures;

    public bool IsFailing => Volatile.Read(ref _failures) > 0;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await schema.WhenReady.WaitAsync(stoppingToken);
        await lease.WhenHeld.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                await PauseAsync(error, stoppingToken);
            }
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        var batch = await OpenBatchAsync(cancellationToken);
        await TakePendingAsync(batch, cancellationToken);
        await SaveAsync(batch, cancellationToken);
        var saved = time.GetTimestamp();
        while (true)
        {
            var entries = await ReadNewAsync(batch, cancellationToken);
            await AddAsync(batch, entries, cancellationToken);
            if (batch.Count >= MostPerBatch || time.GetElapsedTime(saved) >= SavePeriod)
            {
                await SaveAsync(batch, cancellationToken);
                saved = time.GetTimestamp();
            }

            if (entries.Count == 0)
            {
                await Task.Delay(PollPeriod, time, cancellationToken);
            }
        }
    }

    private async Task<BarBatch> OpenBatchAsync(CancellationToken cancellationToken)
    {
        await stream.EnsureGroupAsync(cancellationToken);
        await stream.TakeOverAsync(cancellationToken);
        var checkpoint = await bars.ReadCheckpointAsync(TickStream.Key, cancellationToken);
        return new BarBatch(new OpenBars(instruments, bars, time), checkpoint, bars, stream, metrics, time);
    }

    /// <summary>Everything that was read and not acknowledged is older than everything that was not read.</summary>
    private async Task TakePendingAsync(BarBatch batch, CancellationToken cancellationToken)
    {
        var entries = await stream.ReadPendingAsync("0", cancellationToken);
        while (entries.Count > 0)
        {
            await AddAsync(batch, entries, cancellationToken);
            if (batch.Count >= MostPerBatch)
            {
                await SaveAsync(batch, cancellationToken);
            }

            entries = await stream.ReadPendingAsync(entries[^1].Id, cancellationToken);
        }
    }

    /// <summary>
    /// The stream may be lost, and with it the only other copy of what was read: that is stored first.
    /// </summary>
    private async Task<IReadOnlyList<TickEntry>> ReadNewAsync(BarBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.ReadNewAsync(cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested && lease.IsConfirmed)
        {
            await batch.StoreAsync(cancellationToken);
            throw;
        }
    }

    private static async Task AddAsync(
        BarBatch batch, IReadOnlyList<TickEntry> entries, CancellationToken cancellationToken)
    {
        foreach (var entry in entries)
        {
            await batch.AddAsync(entry, cancellationToken);
        }
    }

    private async Task SaveAsync(BarBatch batch, CancellationToken cancellationToken)
    {
        if (!lease.IsConfirmed)
        {
            throw new InvalidOperationException("The database does not confirm that this worker is the one to store.");
        }

        await batch.SaveAsync(cancellationToken);
        if (Interlocked.Exchange(ref _failures, 0) > 0)
        {
            LogRecovered();
        }
    }

    private async Task PauseAsync(Exception error, CancellationToken cancellationToken)
    {
        if (_failures == 0)
        {
            LogFailed(error);
        }

        Interlocked.Increment(ref _failures);
        var pause = TimeSpan.FromMilliseconds(250 * Math.Pow(2, Math.Min(_failures, 5) - 1));
        await Task.Delay(pause < LongestPause ? pause : LongestPause, time, cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "Bars cannot be stored; the ticks wait in the stream and are tried again.")]
    private partial void LogFailed(Exception error);

    [LoggerMessage(LogLevel.Information, "Bars are stored again.")]
    private partial void LogRecovered();
}

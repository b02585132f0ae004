using Microsoft.Extensions.Options;
using Trading.Data.Bars.Archive;
using Trading.Data.Jobs;
using Trading.Domain.Market;
using Trading.PricingWorker.Jobs;

namespace Trading.PricingWorker.Upkeep;

/// <summary>Puts bars that are older than is kept into files and drops them, a month or a year at a time.</summary>
internal sealed partial class RetentionJobs(
    BarArchive archive,
    JobQueue queue,
    IOptions<StorageOptions> options,
    TimeProvider time,
    ILogger<RetentionJobs> logger) : IJobHandler
{
    public const string JobKind = "retention";

    public string Kind => JobKind;

    public JobLane Lane => JobLane.Upkeep;

    public async Task RunAsync(ClaimedJob job, JobProgress progress, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var expired = new List<BarSlice>();
        foreach (var (code, kept) in options.Value.Keep)
        {
            if (BarInterval.TryParse(code, out var interval))
            {
                expired.AddRange(await archive.FindAsync(interval, now - kept, cancellationToken));
            }
        }

        for (var done = 0; done < expired.Count; done++)
        {
            progress.Report(done, expired.Count);
            var export = await archive.MoveOutAsync(
                expired[done],
                options.Value.ExportFolder!,
                (connection, token) => JobQueue.ConfirmAsync(connection, job, token),
                cancellationToken);
            LogMovedOut(export.Slice, export.Rows, export.FileName, export.Bytes);
        }

        await queue.CompleteAsync(job, cancellationToken);
    }

    [LoggerMessage(
        LogLevel.Information, "{Slice} is kept no longer: its {Rows} bars are in {File} ({Bytes} bytes), and dropped")]
    private partial void LogMovedOut(string slice, long rows, string file, long bytes);
}

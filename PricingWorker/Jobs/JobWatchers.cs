using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Trading.Data.Jobs;
using Trading.ServiceDefaults.Messages;

namespace Trading.PricingWorker.Jobs;

/// <summary>Tells the owners of jobs over their WebSockets how far those are.</summary>
internal sealed class JobWatchers(UserFeed feed)
{
    public Task ProgressedAsync(ClaimedJob job, JobProgress progress) => TellAsync(job, JobState.Running, progress);

    public Task EndedAsync(ClaimedJob job, string state, JobProgress progress) => TellAsync(job, state, progress);

    private Task TellAsync(ClaimedJob job, string state, JobProgress progress) => job.OwnerId is { } owner
        ? feed.PublishAsync(owner, Write(job, state, progress))
        : Task.CompletedTask;

    private static ReadOnlyMemory<byte> Write(ClaimedJob job, string state, JobProgress progress)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("type"u8, string.Create(CultureInfo.InvariantCulture, $"{job.Kind}_progress"));
        json.WriteString("id"u8, job.Id);
        json.WriteString("state"u8, state);
        json.WriteNumber("done"u8, progress.Done);
        json.WriteNumber("total"u8, progress.Total);
        WriteOrNull(json, "rate", progress.Rate);
        WriteOrNull(json, "seconds_left", progress.SecondsLeft);
        // Of the request that asked for it.
        if (ActivityContext.TryParse(job.TraceParent, null, out var asked))
        {
            json.WriteString("trace_id"u8, asked.TraceId.ToHexString());
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteOrNull(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, Math.Round(number, 3));
        }
        else
        {
            json.WriteNull(name);
        }
    }
}

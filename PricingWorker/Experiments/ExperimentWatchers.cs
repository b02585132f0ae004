using System.Buffers;
using System.Text.Json;
using Trading.Data.Experiments;
using Trading.ServiceDefaults.Messages;

namespace Trading.PricingWorker.Experiments;

/// <summary>Tells the owners of experiments over their WebSockets how the arms stand.</summary>
internal sealed class ExperimentWatchers(UserFeed feed)
{
    public Task AdvancedAsync(ExperimentNews news) => feed.PublishAsync(news.Row.UserId, Write(news));

    private static ReadOnlyMemory<byte> Write(ExperimentNews news)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(buffer);
        var row = news.Row;
        json.WriteStartObject();
        json.WriteString("type"u8, "experiment_progress"u8);
        json.WriteString("id"u8, row.Id);
        json.WriteString("state"u8, row.State);
        json.WriteNumber("bars"u8, row.Bars);
        json.WriteNumber("horizon"u8, row.Spec.Horizon);
        if (row.LastTime is { } time)
        {
            json.WriteString("time"u8, time);
        }

        json.WriteStartArray("arms"u8);
        for (var arm = 0; arm < row.Results.Count; arm++)
        {
            Write(json, row.Spec.Arms[arm].Name, row.Results[arm], news.Decided.Contains(arm));
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, string name, ArmDocument arm, bool isNew)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, name);
        json.WriteNumber("equity"u8, arm.Equity);
        json.WriteNumber("total_return"u8, arm.TotalReturn);
        if (arm.Test is { } test)
        {
            json.WriteString("verdict"u8, JsonNamingPolicy.SnakeCaseLower.ConvertName(test.Verdict.ToString()));
            // True in the one message that brings the verdict.
            json.WriteBoolean("decided_now"u8, isNew);
        }

        json.WriteEndObject();
    }
}

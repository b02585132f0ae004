using System.Text.Json;
using Trading.Contracts;

namespace Trading.Web.Backtests;

/// <summary>How far a backtest is, as its owner is told.</summary>
/// <param name="Id">Which.</param>
/// <param name="State">As <see cref="BacktestSummaryResponse.State"/>.</param>
/// <param name="Progress">How far it is.</param>
internal sealed record ProgressMessage(Guid Id, string State, BacktestProgress Progress)
{
    private const string Type = "backtest_progress";

    public bool IsUnderWay => State is "queued" or "running";

    /// <summary>Null where the message is of something else.</summary>
    public static ProgressMessage? Read(UserMessage message)
    {
        var body = message.Body;
        return message.Type == Type
            ? new(
                body.GetProperty("id").GetGuid(),
                body.GetProperty("state").GetString() ?? "",
                new BacktestProgress(
                    body.GetProperty("done").GetInt64(),
                    body.GetProperty("total").GetInt64(),
                    Optional(body, "rate"),
                    Optional(body, "seconds_left")))
            : null;
    }

    private static double? Optional(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
}

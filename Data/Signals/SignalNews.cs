using System.Text;
using System.Text.Json;
using Trading.Domain.Signals;

namespace Trading.Data.Signals;

/// <summary>A signal that was made, or has ended; told over WebSockets and to webhooks.</summary>
/// <param name="Type"><see cref="Created"/> or <see cref="Resolved"/>.</param>
/// <param name="Json">A JSON object: what it is, and the prices.</param>
public sealed record SignalNews(string Type, string Json)
{
    public const string Created = "signal.created";

    public const string Resolved = "signal.resolved";

    internal static SignalNews Of(SignalRow made, string ticker) => new(Created, Write(json =>
    {
        WritePlan(
            json, Created, made.Id, ticker, made.Interval, made.Time,
            new SignalPlan(made.Direction, made.Entry, made.Target, made.Stop, made.ExpiryBars));
        json.WriteString("state", made.State.Code());
        json.WriteNumber("confidence", made.Confidence);
        json.WriteBoolean("calibrated", made.Calibrated);
        json.WriteNumber("quality_score", made.QualityScore);
        json.WriteString("regime", made.Regime.Code());
    }));

    internal static SignalNews Of(ActiveRow active, SignalResolution end, string ticker, string interval) =>
        new(Resolved, Write(json =>
        {
            WritePlan(json, Resolved, active.Id, ticker, interval, active.Signal.Time, active.Signal.Plan);
            json.WriteString("state", end.State.Code());
            json.WriteString("resolved_at", end.Time);
            json.WriteString("reason", end.Reason);
            Write(json, "exit_price", end.Price);
            Write(json, "r", end.R);
        }));

    private static void WritePlan(
        Utf8JsonWriter json, string what, Guid id, string ticker, string interval, DateTime time, SignalPlan plan)
    {
        json.WriteString("type", "signal");
        json.WriteString("event", what);
        json.WriteString("id", id);
        json.WriteString("ticker", ticker);
        json.WriteString("interval", interval);
        json.WriteString("direction", plan.Direction.Code());
        json.WriteString("time", time);
        json.WriteNumber("entry", plan.Entry);
        json.WriteNumber("target", plan.Target);
        json.WriteNumber("stop", plan.Stop);
    }

    private static void Write(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } known)
        {
            json.WriteNumber(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static string Write(Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }
}

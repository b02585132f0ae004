using System.Text;
using System.Text.Json;
using Trading.Domain.Market;
using Trading.Domain.Signals;

namespace Trading.Data.Signals;

/// <summary>Turns signals into rows.</summary>
internal static class SignalRows
{
    public static SignalRow Of(
        NewSignal made, DueInstrument instrument, BarInterval interval, DateTime now, double latencyMs)
    {
        var (signal, end) = (made.Signal, made.End);
        return new SignalRow
        {
            Id = made.Id,
            InstrumentId = instrument.Id,
            Interval = interval.Code,
            Time = signal.Time,
            Direction = signal.Plan.Direction,
            State = end?.State ?? SignalState.Active,
            Entry = signal.Plan.Entry,
            Target = signal.Plan.Target,
            Stop = signal.Plan.Stop,
            Atr = signal.Atr,
            ExpiryBars = signal.Plan.ExpiryBars,
            ExpiresAt = SignalComputation.ExpiryOf(
                signal.Time, interval, signal.Plan.ExpiryBars, instrument.Exchange),
            RawScore = signal.RawScore,
            Confidence = made.Confidence ?? signal.RawScore,
            Calibrated = made.Confidence is not null,
            QualityScore = signal.QualityScore,
            VolumeScore = signal.VolumeScore,
            Regime = signal.Regime,
            Conditions = signal.Conditions,
            RiskPct = signal.RiskPct,
            BtTrades = signal.Past.Trades,
            BtWinrate = signal.Past.WinRate,
            BtPf = signal.Past.ProfitFactor,
            Indicators = IndicatorsOf(signal),
            Rationale = string.Join('\n', SignalRationale.Of(signal)),
            Backfilled = made.Backfilled,
            LatencyMs = made.Backfilled ? null : latencyMs,
            CreatedAt = now,
            ResolvedAt = end?.Time,
            FillPrice = end?.Fill,
            ExitPrice = end?.Price,
            R = end?.R,
            BarsHeld = end?.BarsHeld,
            MaeR = end?.MaeR,
            MfeR = end?.MfeR,
            Reason = end?.Reason,
        };
    }

    private static string IndicatorsOf(TradingSignal signal)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            foreach (var (name, value) in signal.Reading.Named())
            {
                json.WriteNumber(name, value);
            }

            Write(json, "score_trend", signal.Components.Trend);
            Write(json, "score_momentum", signal.Components.Momentum);
            Write(json, "score_reversion", signal.Components.Reversion);
            Write(json, "score_volume", signal.Components.Volume);
            Write(json, "score_higher_interval", signal.Components.Higher);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    private static void Write(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(name, value);
        }
    }
}

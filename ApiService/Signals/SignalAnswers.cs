using System.Text.Json;
using Trading.ApiService.Edge;
using Trading.Contracts;
using Trading.Data.Signals;
using Trading.Domain.Signals;

namespace Trading.ApiService.Signals;

/// <summary>Describes what is stored of signals.</summary>
internal static class SignalAnswers
{
    public static SignalResponse Describe(TickerSignal one)
    {
        var row = one.Signal;
        return new SignalResponse
        {
            Id = row.Id,
            Ticker = one.Ticker,
            Interval = row.Interval,
            Direction = row.Direction.Code(),
            State = row.State.Code(),
            Time = row.Time,
            Entry = row.Entry,
            Target = row.Target,
            Stop = row.Stop,
            RiskPct = row.RiskPct,
            ExpiryBars = row.ExpiryBars,
            ExpiresAt = row.ExpiresAt,
            Confidence = row.Confidence,
            Calibrated = row.Calibrated,
            RawScore = row.RawScore,
            QualityScore = row.QualityScore,
            VolumeScore = row.VolumeScore,
            Regime = row.Regime.Code(),
            MarketConditions = row.Conditions.Code(),
            TechnicalIndicators = JsonSerializer.Deserialize(row.Indicators, ApiJson.Default.IndicatorValues)!,
            Rationale = row.Rationale.Split('\n'),
            BtTrades = row.BtTrades,
            BtWinrate = row.BtWinrate,
            BtPf = row.BtPf,
            Backfilled = row.Backfilled,
            LatencyMs = row.LatencyMs,
            CreatedAt = row.CreatedAt,
            ResolvedAt = row.ResolvedAt,
            FillPrice = row.FillPrice,
            ExitPrice = row.ExitPrice,
            R = row.R,
            BarsHeld = row.BarsHeld,
            MaeR = row.MaeR,
            MfeR = row.MfeR,
            Reason = row.Reason,
        };
    }

    public static SignalEventResponse Describe(SignalEvent row) =>
        new(row.State.Code(), row.Time, row.Price, row.Reason, row.RecordedAt);

    public static AnomalyResponse Describe(TickerAnomaly one)
    {
        var row = one.Anomaly;
        return new AnomalyResponse(
            row.Id, one.Ticker, row.Interval, row.Time, row.Kind.Code(), row.Value, row.Median, row.Deviations);
    }

    public static ShareResponse Describe(ShareInterval share) => new(share.Count, share.Share, share.Low, share.High);
}

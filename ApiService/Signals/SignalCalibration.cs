using Trading.Contracts;
using Trading.Data.Signals;
using Trading.Domain.Signals;

namespace Trading.ApiService.Signals;

/// <summary>Tells how confidences come about, and measures those that were published.</summary>
internal static class SignalCalibration
{
    public static async Task<SignalCalibrationResponse> ReadAsync(
        SignalStore store, string interval, CancellationToken cancellationToken)
    {
        var resolved = await store.ResolvedAsync(interval, cancellationToken);
        var curve = await store.CalibrationAsync(interval, cancellationToken);
        var measured = Reliability.Of([
            .. resolved.Where(one => one.Calibrated)
                .Select(one => new PublishedOutcome(one.Confidence, one.State is SignalState.TargetHit)),
        ]);
        return new SignalCalibrationResponse(
            interval,
            curve is null ? "uncalibrated" : "calibrated",
            resolved.Count,
            ConfidenceCurve.FewestSignals,
            curve?.FittedAt,
            curve?.Resolved,
            curve is null ? [] : [.. curve.Scores.Zip(curve.Shares, (score, share) => new CalibrationKnotResponse(score, share))],
            measured is null ? null : Describe(measured));
    }

    private static SignalReliabilityResponse Describe(Reliability measured) => new(
        measured.Count,
        measured.HitShare,
        measured.Brier,
        measured.BrierOfShare,
        [
            .. measured.Bins.Select(bin =>
                new ReliabilityBinResponse(bin.Confidence, SignalAnswers.Describe(bin.Observed))),
        ]);
}

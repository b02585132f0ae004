using Npgsql;
using Trading.Domain.Market;
using Trading.Domain.Signals;

namespace Trading.Data.Signals;

/// <summary>The curves that confidences are read from.</summary>
internal sealed class SignalConfidence(NpgsqlDataSource database)
{
    /// <summary>A curve is fitted anew after as many more resolved signals, or 1 % more where that is more.</summary>
    private const int RefitEvery = 50;

    private const int RefitPart = 100;
    private const string Counted = "FROM signals WHERE interval = $1 AND state <> 0 AND reason <> $2";

    public async Task<ConfidenceCurve?> ReadAsync(BarInterval interval, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            SELECT scores, shares, resolved FROM signal_calibration
            WHERE interval = $1 ORDER BY fitted_at DESC LIMIT 1
            """);
        command.Parameters.Add(new() { Value = interval.Code });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new ConfidenceCurve(
                await reader.GetFieldValueAsync<double[]>(0, cancellationToken),
                await reader.GetFieldValueAsync<double[]>(1, cancellationToken),
                reader.GetInt32(2))
            : null;
    }

    /// <summary>
    /// Gives new signals their confidence: those of instruments that were never followed, or not for long, walk forward
    /// with all that is stored, as they would have been published; the others are read from the newest curve.
    /// </summary>
    public async Task AssignAsync(
        BarInterval interval, IReadOnlyList<SignalChanges> changes, CancellationToken cancellationToken)
    {
        if (!changes.Any(change => change.Made.Count > 0))
        {
            return;
        }

        var curve = await ReadAsync(interval, cancellationToken);
        foreach (var made in changes.Where(change => !change.IsPast).SelectMany(change => change.Made))
        {
            made.Confidence = curve?.At(made.Signal.RawScore);
        }

        var past = changes.Where(change => change.IsPast).SelectMany(change => change.Made).ToList();
        if (past.Count > 0)
        {
            WalkForward(await ReadOutcomesAsync(interval, cancellationToken), past);
        }
    }

    /// <summary>Fits and keeps a new curve where enough has resolved since the last.</summary>
    public async Task RefitAsync(BarInterval interval, DateTime now, CancellationToken cancellationToken)
    {
        var before = (await ReadAsync(interval, cancellationToken))?.Count ?? 0;
        if (await CountAsync(interval, cancellationToken) < before + Math.Max(RefitEvery, before / RefitPart))
        {
            return;
        }

        var outcomes = await ReadOutcomesAsync(interval, cancellationToken);
        if (ConfidenceCurve.Fit([.. outcomes.Select(one => one.Outcome)]) is not { } curve)
        {
            return;
        }

        await using var command = database.CreateCommand(
            """
            INSERT INTO signal_calibration (id, interval, fitted_at, resolved, scores, shares)
            VALUES ($1, $2, $3, $4, $5, $6)
            """);
        command.Parameters.Add(new() { Value = Guid.CreateVersion7() });
        command.Parameters.Add(new() { Value = interval.Code });
        command.Parameters.Add(new() { Value = now });
        command.Parameters.Add(new() { Value = curve.Count });
        command.Parameters.Add(new() { Value = curve.Scores.ToArray() });
        command.Parameters.Add(new() { Value = curve.Shares.ToArray() });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void WalkForward(List<DatedOutcome> stored, List<NewSignal> past)
    {
        var made = past.Select(one => (Outcome: OutcomeOf(one), New: (NewSignal?)one));
        var all = stored.Select(outcome => (Outcome: outcome, New: (NewSignal?)null))
            .Concat(made).OrderBy(one => one.Outcome.Made).ToList();
        var confidences = WalkForwardConfidence.Assign(all.ConvertAll(one => one.Outcome));
        for (var index = 0; index < all.Count; index++)
        {
            if (all[index].New is { } signal)
            {
                signal.Confidence = confidences[index];
            }
        }
    }

    private static DatedOutcome OutcomeOf(NewSignal made) => new(
        made.Signal.Time,
        made.End is { Reason: not SignalLife.CorrectionReason } end ? end.Time : null,
        new ScoredOutcome(made.Signal.RawScore, made.End?.State is SignalState.TargetHit));

    private async Task<long> CountAsync(BarInterval interval, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand($"SELECT count(*) {Counted}");
        command.Parameters.Add(new() { Value = interval.Code });
        command.Parameters.Add(new() { Value = SignalLife.CorrectionReason });
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private async Task<List<DatedOutcome>> ReadOutcomesAsync(
        BarInterval interval, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"SELECT time, resolved_at, raw_score, state {Counted}");
        command.Parameters.Add(new() { Value = interval.Code });
        command.Parameters.Add(new() { Value = SignalLife.CorrectionReason });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var outcomes = new List<DatedOutcome>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var hit = (SignalState)reader.GetInt16(3) is SignalState.TargetHit;
            outcomes.Add(new(
                reader.GetDateTime(0), reader.GetDateTime(1), new ScoredOutcome(reader.GetDouble(2), hit)));
        }

        return outcomes;
    }
}

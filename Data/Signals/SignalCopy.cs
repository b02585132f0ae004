using Npgsql;
using NpgsqlTypes;
using Trading.Domain.Market;
using Trading.Domain.Signals;

namespace Trading.Data.Signals;

/// <summary>Writes what is new of signals by COPY, within the caller's transaction.</summary>
internal static class SignalCopy
{
    private const string SignalColumns =
        "id, instrument_id, interval, time, direction, state, entry, target, stop, atr, expiry_bars, expires_at, "
        + "raw_score, confidence, calibrated, quality_score, volume_score, regime, market_conditions, risk_pct, "
        + "bt_trades, bt_winrate, bt_pf, technical_indicators, rationale, backfilled, latency_ms, created_at, "
        + "resolved_at, fill_price, exit_price, r, bars_held, mae_r, mfe_r, reason";

    public static async Task SignalsAsync(
        NpgsqlConnection connection, List<SignalRow> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            return;
        }

        await using var copy = await connection.BeginBinaryImportAsync(
            $"COPY signals ({SignalColumns}) FROM STDIN (FORMAT BINARY)", cancellationToken);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(cancellationToken);
            await WritePlanAsync(copy, row, cancellationToken);
            await WriteScoresAsync(copy, row, cancellationToken);
            await WriteEndAsync(copy, row, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }

    private static async Task WritePlanAsync(
        NpgsqlBinaryImporter copy, SignalRow row, CancellationToken cancellationToken)
    {
        await copy.WriteAsync(row.Id, cancellationToken);
        await copy.WriteAsync(row.InstrumentId, cancellationToken);
        await copy.WriteAsync(row.Interval, cancellationToken);
        await copy.WriteAsync(row.Time, cancellationToken);
        await copy.WriteAsync((short)row.Direction, cancellationToken);
        await copy.WriteAsync((short)row.State, cancellationToken);
        await copy.WriteAsync(row.Entry, cancellationToken);
        await copy.WriteAsync(row.Target, cancellationToken);
        await copy.WriteAsync(row.Stop, cancellationToken);
        await copy.WriteAsync(row.Atr, cancellationToken);
        await copy.WriteAsync(row.ExpiryBars, cancellationToken);
        await copy.WriteAsync(row.ExpiresAt, cancellationToken);
    }

    private static async Task WriteScoresAsync(
        NpgsqlBinaryImporter copy, SignalRow row, CancellationToken cancellationToken)
    {
        await copy.WriteAsync(row.RawScore, cancellationToken);
        await copy.WriteAsync(row.Confidence, cancellationToken);
        await copy.WriteAsync(row.Calibrated, cancellationToken);
        await copy.WriteAsync(row.QualityScore, cancellationToken);
        await WriteAsync(copy, row.VolumeScore, cancellationToken);
        await copy.WriteAsync((short)row.Regime, cancellationToken);
        await copy.WriteAsync((short)row.Conditions, cancellationToken);
        await copy.WriteAsync(row.RiskPct, cancellationToken);
        await copy.WriteAsync(row.BtTrades, cancellationToken);
        await WriteAsync(copy, row.BtWinrate, cancellationToken);
        await WriteAsync(copy, row.BtPf, cancellationToken);
        await copy.WriteAsync(row.Indicators, NpgsqlDbType.Jsonb, cancellationToken);
        await copy.WriteAsync(row.Rationale, cancellationToken);
        await copy.WriteAsync(row.Backfilled, cancellationToken);
        await WriteAsync(copy, row.LatencyMs, cancellationToken);
        await copy.WriteAsync(row.CreatedAt, cancellationToken);
    }

    private static async Task WriteEndAsync(
        NpgsqlBinaryImporter copy, SignalRow row, CancellationToken cancellationToken)
    {
        await WriteAsync(copy, row.ResolvedAt, cancellationToken);
        await WriteAsync(copy, row.FillPrice, cancellationToken);
        await WriteAsync(copy, row.ExitPrice, cancellationToken);
        await WriteAsync(copy, row.R, cancellationToken);
        await WriteAsync(copy, row.BarsHeld, cancellationToken);
        await WriteAsync(copy, row.MaeR, cancellationToken);
        await WriteAsync(copy, row.MfeR, cancellationToken);
        await (row.Reason is { } reason
            ? copy.WriteAsync(reason, cancellationToken)
            : copy.WriteNullAsync(cancellationToken));
    }

    private static Task WriteAsync<T>(NpgsqlBinaryImporter copy, T? value, CancellationToken cancellationToken)
        where T : struct =>
        value is { } known ? copy.WriteAsync(known, cancellationToken) : copy.WriteNullAsync(cancellationToken);

    public static async Task HistoryAsync(
        NpgsqlConnection connection, List<SignalRow> rows, DateTime now, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            return;
        }

        await using var copy = await connection.BeginBinaryImportAsync(
            "COPY signal_history (signal_id, state, time, price, reason, recorded_at) FROM STDIN (FORMAT BINARY)",
            cancellationToken);
        foreach (var row in rows)
        {
            await WriteEventAsync(copy, row.Id, SignalState.Active, row.Time, row.Entry, "made", now, cancellationToken);
            if (row.ResolvedAt is { } ended)
            {
                await WriteEventAsync(copy, row.Id, row.State, ended, row.ExitPrice, row.Reason!, now, cancellationToken);
            }
        }

        await copy.CompleteAsync(cancellationToken);
    }

    private static async Task WriteEventAsync(
        NpgsqlBinaryImporter copy,
        Guid signal,
        SignalState state,
        DateTime time,
        double? price,
        string reason,
        DateTime now,
        CancellationToken cancellationToken)
    {
        await copy.StartRowAsync(cancellationToken);
        await copy.WriteAsync(signal, cancellationToken);
        await copy.WriteAsync((short)state, cancellationToken);
        await copy.WriteAsync(time, cancellationToken);
        await WriteAsync(copy, price, cancellationToken);
        await copy.WriteAsync(reason, cancellationToken);
        await copy.WriteAsync(now, cancellationToken);
    }

    public static async Task AnomaliesAsync(
        NpgsqlConnection connection,
        BarInterval interval,
        List<SignalChanges> changes,
        DateTime now,
        CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            "COPY anomalies (id, instrument_id, interval, time, kind, value, median, deviations, created_at) "
            + "FROM STDIN (FORMAT BINARY)",
            cancellationToken);
        foreach (var change in changes)
        {
            foreach (var found in change.Anomalies)
            {
                await copy.StartRowAsync(cancellationToken);
                await copy.WriteAsync(Guid.CreateVersion7(found.Time), cancellationToken);
                await copy.WriteAsync(change.Instrument.Id, cancellationToken);
                await copy.WriteAsync(interval.Code, cancellationToken);
                await copy.WriteAsync(found.Time, cancellationToken);
                await copy.WriteAsync((short)found.Kind, cancellationToken);
                await copy.WriteAsync(found.Value, cancellationToken);
                await copy.WriteAsync(found.Median, cancellationToken);
                await copy.WriteAsync(found.Deviations, cancellationToken);
                await copy.WriteAsync(now, cancellationToken);
            }
        }

        await copy.CompleteAsync(cancellationToken);
    }
}

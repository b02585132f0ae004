using Npgsql;
using NpgsqlTypes;
using Trading.Data.Import;
using Trading.Domain.Market;

namespace Trading.Data.CorporateActions;

/// <summary>Writes actions and, in the same statement, what changed.</summary>
internal static class ActionUpsert
{
    // Sources round: 7 for 1 is 7.000007 in one of them, and must not go to and fro. A statement sees the values of
    // before it everywhere, so "kept" are the old ones.
    private const string Merge =
        """
        WITH new AS (
            SELECT * FROM unnest($1, $2, $3, $4) AS new (id, ex_date, kind, value)
        ), merged AS (
            INSERT INTO corporate_actions AS kept (instrument_id, ex_date, kind, value, source, updated_at)
            SELECT id, ex_date, kind, value, $5, now() FROM new ORDER BY id, ex_date, kind
            ON CONFLICT (instrument_id, ex_date, kind) DO UPDATE
            SET value = excluded.value, source = excluded.source, updated_at = excluded.updated_at
            WHERE NOT kept.corrected AND abs(kept.value - excluded.value) > 2e-6 * kept.value
            RETURNING instrument_id, ex_date, kind, value, (xmax = 0) AS inserted
        ), told AS (
            INSERT INTO corporate_action_changes
                (instrument_id, ex_date, kind, old_value, new_value, source, changed_at)
            SELECT merged.instrument_id, merged.ex_date, merged.kind, kept.value, merged.value, $5, now()
            FROM merged LEFT JOIN corporate_actions AS kept USING (instrument_id, ex_date, kind)
            ORDER BY merged.instrument_id, merged.ex_date, merged.kind
        )
        SELECT count(*) FILTER (WHERE inserted), count(*) FILTER (WHERE NOT inserted) FROM merged
        """;

    // Everybody may read an action; who set it is for those who may read the changes.
    /// <summary>Sets by hand, or withdraws where the value is null; counts the changes.</summary>
    public const string Correct =
        """
        WITH kept AS (
            SELECT value, withdrawn FROM corporate_actions WHERE instrument_id = $1 AND ex_date = $2 AND kind = $3
        ), merged AS (
            INSERT INTO corporate_actions AS held
                (instrument_id, ex_date, kind, value, source, corrected, withdrawn, updated_at)
            SELECT $1, $2, $3, coalesce($4, (SELECT value FROM kept)), 'manual', true, $4 IS NULL, now()
            WHERE $4 IS NOT NULL OR EXISTS (SELECT FROM kept)
            ON CONFLICT (instrument_id, ex_date, kind) DO UPDATE
            SET value = excluded.value, source = excluded.source, corrected = true,
                withdrawn = excluded.withdrawn, updated_at = excluded.updated_at
            WHERE (held.value, held.withdrawn) IS DISTINCT FROM (excluded.value, excluded.withdrawn)
               OR NOT held.corrected
            RETURNING value, withdrawn
        ), told AS (
            INSERT INTO corporate_action_changes
                (instrument_id, ex_date, kind, old_value, new_value, source, changed_at)
            SELECT $1, $2, $3, (SELECT value FROM kept WHERE NOT withdrawn),
                   CASE WHEN withdrawn THEN NULL ELSE value END, $5, now()
            FROM merged
        )
        SELECT count(*) FROM merged
        """;

    public static async Task<MergeCounts> RunAsync(
        NpgsqlConnection connection,
        IReadOnlyCollection<(int Id, CorporateAction Action)> actions,
        string source,
        CancellationToken cancellationToken)
    {
        var rows = actions.DistinctBy(row => (row.Id, row.Action.ExDate, row.Action.Kind)).ToList();
        await using var command = new NpgsqlCommand(Merge, connection);
        command.Parameters.Add(new() { Value = rows.ConvertAll(row => row.Id) });
        command.Parameters.Add(new() { Value = rows.ConvertAll(row => row.Action.ExDate) });
        command.Parameters.Add(new()
        {
            Value = rows.ConvertAll(row => (short)row.Action.Kind),
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint,
        });
        command.Parameters.Add(new() { Value = rows.ConvertAll(row => row.Action.Value) });
        command.Parameters.Add(new() { Value = source });
        return await MergeCounts.ReadAsync(command, rows.Count, cancellationToken);
    }
}

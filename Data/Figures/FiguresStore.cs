using System.Buffers.Binary;
using Npgsql;
using NpgsqlTypes;

namespace Trading.Data.Figures;

/// <summary>Asks the database what it holds, in one statement that counts no large table.</summary>
internal sealed class FiguresStore(NpgsqlDataSource database, TimeProvider time)
{
    // The scheduler's times are ticks of 100 ns since the year 1. Rows of bars are what the planner assumes, or what was counted since where it has assumed nothing yet.
    private const string Figures =
        """
        SELECT 'trading.users', tier, count(*)::float8 FROM users WHERE disabled_at IS NULL GROUP BY tier
        UNION ALL
        SELECT 'trading.sessions.active', NULL, count(*) FROM sessions WHERE revoked_at IS NULL AND expires_at > $1
        UNION ALL
        SELECT 'trading.api_keys.active', NULL, count(*) FROM api_keys
        WHERE revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $1)
        UNION ALL
        SELECT 'trading.instruments', CASE WHEN synthetic THEN 'true' ELSE 'false' END, count(*)
        FROM instruments GROUP BY synthetic
        UNION ALL
        SELECT 'trading.bars.stored', 'day',
            CASE WHEN reltuples < 0 THEN pg_stat_get_live_tuples(oid) ELSE reltuples END
        FROM pg_class WHERE oid = 'daily_bars'::regclass
        UNION ALL
        SELECT 'trading.bars.stored', 'minute',
            sum(CASE WHEN reltuples < 0 THEN pg_stat_get_live_tuples(oid) ELSE reltuples END)
        FROM pg_class JOIN pg_inherits ON inhrelid = oid WHERE inhparent = 'minute_bars'::regclass
        UNION ALL
        SELECT 'trading.imports', NULL, count(*) FROM imports
        UNION ALL
        SELECT 'trading.audit.events', NULL, coalesce(max(id), 0) FROM audit_events
        UNION ALL
        SELECT 'trading.webhook.pending', NULL, count(*) FROM webhook_deliveries WHERE status = 'pending'
        UNION ALL
        SELECT 'trading.webhook.lag', NULL, extract(epoch FROM coalesce(
            now() - least(
                (SELECT min(created_at) FROM outbox_events WHERE relayed_at IS NULL),
                (SELECT min(d.next_try_at) FROM webhook_deliveries d JOIN webhooks w ON w.id = d.webhook_id
                    JOIN users u ON u.id = w.user_id
                    WHERE d.status = 'pending' AND d.next_try_at <= now() AND w.paused_at IS NULL
                        AND u.disabled_at IS NULL)),
            interval '0'))
        UNION ALL
        SELECT 'trading.job.dead_letters', NULL, count(*) FROM dead_letters WHERE replayed_at IS NULL
        UNION ALL
        SELECT 'trading.job.waiting', NULL, count(*) FROM jobs WHERE state = 'queued'
        UNION ALL
        SELECT 'trading.job.lag', NULL, extract(epoch FROM coalesce(
            now() - (SELECT min(next_attempt_at) FROM jobs WHERE state = 'queued' AND next_attempt_at <= now()),
            interval '0'))
        UNION ALL
        SELECT 'trading.schedule.lag', NULL, greatest(0, extract(epoch FROM now())
            - (min(next_fire_time) - 621355968000000000) / 10000000.0)
        FROM qrtz_triggers HAVING count(*) > 0
        UNION ALL
        SELECT kind, NULL, figure FROM
            (SELECT count(*) AS done, coalesce(sum(trade_count), 0) AS trades FROM backtests WHERE id >= $3 AND is_done) today,
            LATERAL (VALUES
                ('trading.business.backtests.today', done),
                ('trading.business.trades.today', trades)) AS figures (kind, figure)
        UNION ALL
        SELECT 'trading.business.signals.today', NULL, count(*) FROM signals WHERE time >= $2
        UNION ALL
        SELECT 'trading.database.size', NULL, pg_database_size(current_database())
        """;

    private const int TimeoutSeconds = 10;

    public async Task<IReadOnlyList<StoredFigure>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Figures, connection) { CommandTimeout = TimeoutSeconds };
        var now = time.GetUtcNow().UtcDateTime;
        command.Parameters.Add(new() { Value = now, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new() { Value = now.Date, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new() { Value = FirstIdOf(now.Date) });
        var figures = new List<StoredFigure>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            figures.Add(new StoredFigure(
                rows.GetString(0),
                await rows.IsDBNullAsync(1, cancellationToken) ? null : rows.GetString(1),
                rows.GetDouble(2)));
        }

        return figures;
    }

    // Ids of version 7 begin with the milliseconds of their making: the primary key finds the rows of a day.
    private static Guid FirstIdOf(DateTime day)
    {
        Span<byte> id = stackalloc byte[16];
        id.Clear();
        BinaryPrimitives.WriteInt64BigEndian(id, new DateTimeOffset(day).ToUnixTimeMilliseconds() << 16);
        return new Guid(id, bigEndian: true);
    }
}

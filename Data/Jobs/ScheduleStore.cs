using Npgsql;
using NpgsqlTypes;

namespace Trading.Data.Jobs;

/// <summary>What the workers do by the clock, with when it is due and how it went last.</summary>
public sealed class ScheduleStore(NpgsqlDataSource database, TimeProvider time)
{
    /// <summary>The scheduler's name in its tables.</summary>
    public const string Scheduler = "trading";

    private const string Save =
        """
        INSERT INTO schedules (name, kind, payload, description, cron, time_zone, updated_at)
        SELECT name, kind, payload::jsonb, description, cron, time_zone, $7
        FROM unnest($1, $2, $3, $4, $5, $6) AS new (name, kind, payload, description, cron, time_zone)
        ON CONFLICT (name) DO UPDATE SET kind = excluded.kind, payload = excluded.payload,
            description = excluded.description, cron = excluded.cron, time_zone = excluded.time_zone,
            updated_at = excluded.updated_at
        WHERE (schedules.kind, schedules.payload, schedules.description, schedules.cron, schedules.time_zone)
            IS DISTINCT FROM (excluded.kind, excluded.payload, excluded.description, excluded.cron, excluded.time_zone)
        """;

    private const string List =
        $"""
        SELECT s.name, s.kind, s.payload::text, s.description, s.cron, s.time_zone, s.updated_at,
            t.next_fire_time, t.trigger_state, {JobStore.Columns}
        FROM schedules s
        LEFT JOIN qrtz_triggers t ON t.sched_name = $1 AND t.trigger_name = s.name
        LEFT JOIN LATERAL (
            SELECT * FROM jobs WHERE kind = s.kind AND schedule = s.name ORDER BY id DESC LIMIT 1) AS j ON true
        ORDER BY s.name
        """;

    /// <summary>Makes the schedules those, and no others.</summary>
    public async Task SaveAsync(IReadOnlyList<Schedule> schedules, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var save = new NpgsqlCommand(Save, connection);
        foreach (Func<Schedule, string> column in (Func<Schedule, string>[])
            [one => one.Name, one => one.Kind, one => one.Payload, one => one.Description, one => one.Cron, one => one.TimeZone])
        {
            save.Parameters.Add(new() { Value = schedules.Select(column).ToArray() });
        }

        save.Parameters.Add(new() { Value = time.GetUtcNow().UtcDateTime });
        await save.ExecuteNonQueryAsync(cancellationToken);
        await using var remove = new NpgsqlCommand("DELETE FROM schedules WHERE name <> ALL ($1)", connection);
        remove.Parameters.Add(new() { Value = schedules.Select(one => one.Name).ToArray() });
        await remove.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>What the scheduler's tables have besides.</summary>
    public async Task<IReadOnlyList<string>> UnknownTriggersAsync(
        IReadOnlyCollection<string> known, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "SELECT job_name FROM qrtz_job_details WHERE sched_name = $1 AND job_name <> ALL ($2)");
        command.Parameters.Add(new() { Value = Scheduler });
        command.Parameters.Add(new() { Value = known.ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var names = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }

    /// <summary>Every schedule by name.</summary>
    public async Task<IReadOnlyList<ScheduleStatus>> ListAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(List);
        command.Parameters.Add(new() { Value = Scheduler });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var schedules = new List<ScheduleStatus>();
        while (await reader.ReadAsync(cancellationToken))
        {
            schedules.Add(new ScheduleStatus(
                Read(reader),
                // The scheduler's tables have times as ticks.
                reader[7] is long ticks ? new DateTime(ticks, DateTimeKind.Utc) : null,
                reader[8] as string,
                await reader.IsDBNullAsync(9, cancellationToken) ? null : JobStore.Read(reader, 9)));
        }

        return schedules;
    }

    /// <summary>One schedule; null where there is none.</summary>
    public async Task<Schedule?> FindAsync(string name, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            SELECT name, kind, payload::text, description, cron, time_zone, updated_at FROM schedules WHERE name = $1
            """);
        command.Parameters.Add(new() { Value = name, NpgsqlDbType = NpgsqlDbType.Text });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? Read(reader) : null;
    }

    private static Schedule Read(NpgsqlDataReader row) => new()
    {
        Name = row.GetString(0),
        Kind = row.GetString(1),
        Payload = row.GetString(2),
        Description = row.GetString(3),
        Cron = row.GetString(4),
        TimeZone = row.GetString(5),
        UpdatedAt = row.GetDateTime(6),
    };
}

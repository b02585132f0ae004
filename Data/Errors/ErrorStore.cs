using Npgsql;
using NpgsqlTypes;
using Trading.ServiceDefaults.Errors;

namespace Trading.Data.Errors;

/// <summary>Errors, grouped by fingerprint. Groups that were not seen for 90 days go.</summary>
public sealed class ErrorStore(NpgsqlDataSource database)
{
    private const string Upsert =
        """
        INSERT INTO error_groups AS g
            (fingerprint, service, type, template, location, last_message, last_trace_id, count, first_seen, last_seen)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT (fingerprint) DO UPDATE SET
            service = excluded.service, last_message = excluded.last_message,
            last_trace_id = coalesce(excluded.last_trace_id, g.last_trace_id),
            count = g.count + excluded.count, last_seen = greatest(g.last_seen, excluded.last_seen)
        """;

    private const string Forget = "DELETE FROM error_groups WHERE last_seen < $1";

    private static readonly TimeSpan _kept = TimeSpan.FromDays(90);

    public async Task AddAsync(IReadOnlyList<ErrorOccurrence> errors, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch();
        // In one order everywhere, so that services that store at once do not wait for each other in a circle.
        foreach (var group in errors.GroupBy(error => error.Fingerprint).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            batch.BatchCommands.Add(CommandFor([.. group]));
        }

        batch.BatchCommands.Add(new NpgsqlBatchCommand(Forget)
        {
            Parameters = { new() { Value = errors[^1].Time - _kept } },
        });
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<ErrorGroup>> ListAsync(int limit, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            SELECT fingerprint, service, type, template, location, last_message, last_trace_id, count, first_seen, last_seen
            FROM error_groups ORDER BY last_seen DESC LIMIT $1
            """);
        command.Parameters.Add(new() { Value = limit });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var groups = new List<ErrorGroup>();
        while (await reader.ReadAsync(cancellationToken))
        {
            groups.Add(new ErrorGroup
            {
                Fingerprint = reader.GetString(0),
                Service = reader.GetString(1),
                Type = reader.GetString(2),
                Template = reader.GetString(3),
                Location = reader.GetString(4),
                LastMessage = reader.GetString(5),
                LastTraceId = reader[6] as string,
                Count = reader.GetInt64(7),
                FirstSeen = reader.GetDateTime(8),
                LastSeen = reader.GetDateTime(9),
            });
        }

        return groups;
    }

    private static NpgsqlBatchCommand CommandFor(ErrorOccurrence[] group)
    {
        var last = group[^1];
        return new NpgsqlBatchCommand(Upsert)
        {
            Parameters =
            {
                new() { Value = last.Fingerprint },
                new() { Value = last.Service },
                new() { Value = last.Type },
                new() { Value = last.Template },
                new() { Value = last.Location },
                new() { Value = last.Message.Replace('\0', ' ') },
                new() { Value = last.TraceId ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
                new() { Value = (long)group.Length },
                new() { Value = group[0].Time },
                new() { Value = last.Time },
            },
        };
    }
}

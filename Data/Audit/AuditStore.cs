using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using Trading.Data.Outbox;

namespace Trading.Data.Audit;

/// <summary>The audit trail in PostgreSQL.</summary>
public sealed class AuditStore(NpgsqlDataSource database, IDbContextFactory<TradingDbContext> contexts)
{
    private const string Insert =
        """
        INSERT INTO audit_events
            (id, time, actor_id, actor, action, outcome, subject, address, user_agent, request_id, trace_id, details, hash)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        """;

    /// <summary>Adds events in their order; each gets its id and hash here.</summary>
    public Task AppendAsync(IReadOnlyList<AuditRow> events, CancellationToken cancellationToken) =>
        AppendAsync(events, null, cancellationToken);

    /// <summary>The same, with an event for others in the same transaction.</summary>
    public async Task AppendAsync(
        IReadOnlyList<AuditRow> events, OutboxEvent? outgoing, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var (id, hash) = await LockEndAsync(connection, cancellationToken);
        await using var batch = new NpgsqlBatch(connection, transaction);
        foreach (var added in events)
        {
            var row = Numbered(added, ++id);
            hash = AuditChain.HashOf(hash, row);
            batch.BatchCommands.Add(CommandFor(row, hash));
        }

        if (outgoing is not null)
        {
            batch.BatchCommands.Add(outgoing.ToCommand());
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<AuditRow>> SearchAsync(AuditQuery query, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = context.Set<AuditRow>().AsNoTracking();
        rows = query.Action is { } action ? rows.Where(row => row.Action == action) : rows;
        rows = query.Outcome is { } outcome ? rows.Where(row => row.Outcome == outcome) : rows;
        rows = query.Actor is { } actor ? rows.Where(row => row.Actor == actor) : rows;
        rows = query.Address is { } address ? rows.Where(row => row.Address == address) : rows;
        rows = query.TraceId is { } trace ? rows.Where(row => row.TraceId == trace) : rows;
        rows = query.From is { } from ? rows.Where(row => row.Time >= from) : rows;
        rows = query.To is { } to ? rows.Where(row => row.Time < to) : rows;
        rows = query.Before is { } before ? rows.Where(row => row.Id < before) : rows;
        return await rows.OrderByDescending(row => row.Id).Take(query.Limit).ToListAsync(cancellationToken);
    }

    /// <summary>Reads the whole trail and computes every hash anew.</summary>
    public async Task<AuditVerdict> VerifyAsync(CancellationToken cancellationToken)
    {
        var (count, hash) = (0L, AuditChain.Start.ToArray());
        await foreach (var row in AllAsync(cancellationToken))
        {
            hash = AuditChain.HashOf(hash, row);
            if (row.Id != ++count || !hash.AsSpan().SequenceEqual(row.Hash))
            {
                return new AuditVerdict(count, hash, row.Id);
            }
        }

        return new AuditVerdict(count, hash, null);
    }

    private async IAsyncEnumerable<AuditRow> AllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await foreach (var row in context.Set<AuditRow>().AsNoTracking().OrderBy(row => row.Id)
            .AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return row;
        }
    }

    // One writer at a time, over all replicas: the next row needs the hash of the last.
    private static async Task<(long Id, byte[] Hash)> LockEndAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var guard = new NpgsqlCommand("SELECT pg_advisory_xact_lock($1)", connection)
        {
            Parameters = { new() { Value = DatabaseLock.Audit } },
        };
        await guard.ExecuteNonQueryAsync(cancellationToken);
        await using var last = new NpgsqlCommand("SELECT id, hash FROM audit_events ORDER BY id DESC LIMIT 1", connection);
        await using var reader = await last.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? (reader.GetInt64(0), await reader.GetFieldValueAsync<byte[]>(1, cancellationToken))
            : (0, AuditChain.Start.ToArray());
    }

    private static AuditRow Numbered(AuditRow row, long id) => new()
    {
        Id = id,
        Time = new DateTime(row.Time.Ticks - (row.Time.Ticks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc),
        ActorId = row.ActorId,
        Actor = row.Actor,
        Action = row.Action,
        Outcome = row.Outcome,
        Subject = row.Subject,
        Address = row.Address,
        UserAgent = row.UserAgent,
        RequestId = row.RequestId,
        TraceId = row.TraceId,
        Details = row.Details,
    };

    private static NpgsqlBatchCommand CommandFor(AuditRow row, byte[] hash) => new(Insert)
    {
        Parameters =
        {
            new() { Value = row.Id },
            new() { Value = row.Time },
            new() { Value = row.ActorId ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
            Text(row.Actor),
            Text(row.Action),
            Text(row.Outcome),
            Text(row.Subject),
            Text(row.Address),
            Text(row.UserAgent),
            Text(row.RequestId),
            Text(row.TraceId),
            Text(row.Details),
            new() { Value = hash },
        },
    };

    private static NpgsqlParameter Text(string? text) =>
        new() { Value = text ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };
}

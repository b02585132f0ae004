using Npgsql;
using NpgsqlTypes;

namespace Trading.Data.Outbox;

/// <summary>
/// Something that happened and that others are told of. Its row is written in the transaction of what happened, so that
/// neither is there without the other.
/// </summary>
public sealed class OutboxEvent
{
    private const string Insert =
        """
        INSERT INTO outbox_events (id, user_id, type, data, created_at, trace_parent) VALUES ($1, $2, $3, $4, $5, $6)
        """;

    /// <summary>Of version 7: events are listed by it.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Whom it concerns; nobody else is told.</summary>
    public Guid UserId { get; init; }

    public required string Type { get; init; }

    /// <summary>JSON as text: every try sends the same bytes.</summary>
    public required string Data { get; init; }

    public DateTime CreatedAt { get; init; }

    /// <summary>The request that caused it, as a W3C <c>traceparent</c>.</summary>
    public string? TraceParent { get; init; }

    /// <summary>When its deliveries were made; null while they wait.</summary>
    public DateTime? RelayedAt { get; init; }

    /// <summary>Writes it; to be part of the transaction of what happened.</summary>
    public NpgsqlBatchCommand ToCommand() => new(Insert)
    {
        Parameters =
        {
            new() { Value = Id },
            new() { Value = UserId },
            new() { Value = Type },
            new() { Value = Data },
            new() { Value = CreatedAt },
            new() { Value = TraceParent ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
        },
    };
}

using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using Trading.Data.Outbox;

namespace Trading.Data.Webhooks;

/// <summary>What was sent to webhooks, as their owners see it.</summary>
public sealed class DeliveryStore(NpgsqlDataSource database, IDbContextFactory<TradingDbContext> contexts)
{
    private const string InsertPing =
        """
        WITH hook AS (SELECT id FROM webhooks WHERE user_id = $1 AND id = $2),
        event AS (
            INSERT INTO outbox_events (id, user_id, type, data, created_at, trace_parent, relayed_at)
            SELECT $3, $1, $4, $5, $6, $7, now() FROM hook RETURNING id)
        INSERT INTO webhook_deliveries (webhook_id, event_id, status, tries, next_try_at)
        SELECT hook.id, event.id, 'pending', 0, now() FROM hook, event
        """;

    /// <summary>Deliveries of a user's webhook, newest first.</summary>
    public async Task<IReadOnlyList<(WebhookDelivery Delivery, OutboxEvent Event)>> ListAsync(
        Guid user, Guid webhook, Guid? before, int limit, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await OfUser(context, user, webhook)
            .Where(row => before == null || row.Delivery.EventId < before)
            .OrderByDescending(row => row.Delivery.EventId)
            .Take(limit)
            .ToListAsync(cancellationToken);
        return [.. found.Select(row => (row.Delivery, row.Event))];
    }

    public async Task<(WebhookDelivery Delivery, OutboxEvent Event)?> FindAsync(
        Guid user, Guid webhook, Guid happened, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await OfUser(context, user, webhook)
            .FirstOrDefaultAsync(row => row.Delivery.EventId == happened, cancellationToken);
        return found is null ? null : (found.Delivery, found.Event);
    }

    /// <summary>Sends an event to one webhook, whatever it listens to; false where the user has none of that id.</summary>
    public async Task<bool> SendToAsync(Guid webhook, OutboxEvent happened, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(InsertPing);
        command.Parameters.Add(new() { Value = happened.UserId });
        command.Parameters.Add(new() { Value = webhook });
        command.Parameters.Add(new() { Value = happened.Id });
        command.Parameters.Add(new() { Value = happened.Type });
        command.Parameters.Add(new() { Value = happened.Data });
        command.Parameters.Add(new() { Value = happened.CreatedAt });
        command.Parameters.Add(
            new() { Value = happened.TraceParent ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>Begins anew with a delivery that was given up; false where there is none such.</summary>
    public async Task<bool> ReplayAsync(Guid user, Guid webhook, Guid happened, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            UPDATE webhook_deliveries d SET status = 'pending', tries = 0, next_try_at = now(), finished_at = NULL
            FROM webhooks w
            WHERE w.user_id = $1 AND w.id = $2 AND d.webhook_id = w.id AND d.event_id = $3 AND d.status = 'dead'
            """);
        command.Parameters.Add(new() { Value = user });
        command.Parameters.Add(new() { Value = webhook });
        command.Parameters.Add(new() { Value = happened });
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    private static IQueryable<Row> OfUser(TradingDbContext context, Guid user, Guid webhook) =>
        from hook in context.Set<Webhook>().AsNoTracking()
        where hook.UserId == user && hook.Id == webhook
        join delivery in context.Set<WebhookDelivery>().AsNoTracking() on hook.Id equals delivery.WebhookId
        join happened in context.Set<OutboxEvent>().AsNoTracking() on delivery.EventId equals happened.Id
        select new Row { Delivery = delivery, Event = happened };

    private sealed class Row
    {
        public required WebhookDelivery Delivery { get; init; }

        public required OutboxEvent Event { get; init; }
    }
}

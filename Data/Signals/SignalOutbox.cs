using Npgsql;
using Trading.Data.Outbox;
using Trading.Domain.Market;

namespace Trading.Data.Signals;

/// <summary>Puts what is new of signals into the outbox, for those whose webhooks ask for it.</summary>
internal static class SignalOutbox
{
    /// <summary>What is news among what this run has stored.</summary>
    public static List<SignalNews> NewsOf(
        BarInterval interval,
        IReadOnlyList<SignalChanges> stored,
        IReadOnlyList<SignalRow> added,
        DateTime liveSince)
    {
        var tickers = stored.ToDictionary(change => change.Instrument.Id, change => change.Instrument.Ticker);
        return
        [
            .. stored
                .Where(change => change.Ended?.Time >= liveSince)
                .Select(change => SignalNews.Of(
                    change.Active!, change.Ended!, change.Instrument.Ticker, interval.Code)),
            .. added
                .Where(row => !row.Backfilled)
                .Select(row => SignalNews.Of(row, tickers[row.InstrumentId])),
        ];
    }

    public static async Task AddAsync(
        NpgsqlConnection connection, List<SignalNews> news, DateTime now, CancellationToken cancellationToken)
    {
        if (news.Count == 0)
        {
            return;
        }

        await using var batch = new NpgsqlBatch(connection);
        foreach (var (user, events) in await ReadAskingAsync(connection, cancellationToken))
        {
            foreach (var one in news.Where(one => events.Contains(one.Type)))
            {
                batch.BatchCommands.Add(new OutboxEvent
                {
                    UserId = user,
                    Type = one.Type,
                    Data = one.Json,
                    CreatedAt = now,
                }.ToCommand());
            }
        }

        if (batch.BatchCommands.Count > 0)
        {
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static async Task<List<(Guid User, HashSet<string> Events)>> ReadAskingAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT user_id, array_agg(DISTINCT event) FROM webhooks, unnest(events) AS event
            WHERE paused_at IS NULL AND event = ANY ($1) GROUP BY user_id
            """,
            connection);
        command.Parameters.Add(new() { Value = new[] { SignalNews.Created, SignalNews.Resolved } });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var asking = new List<(Guid, HashSet<string>)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            asking.Add((reader.GetGuid(0), [.. await reader.GetFieldValueAsync<string[]>(1, cancellationToken)]));
        }

        return asking;
    }
}

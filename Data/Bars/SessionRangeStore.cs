using Npgsql;

namespace Trading.Data.Bars;

/// <summary>The times of the first and the last daily bar of an instrument.</summary>
public readonly record struct SessionRange(DateTime First, DateTime Last);

/// <summary>Tells how far the daily bars of instruments reach: two probes of the primary key for each.</summary>
public sealed class SessionRangeStore(NpgsqlDataSource dataSource)
{
    private const string Query =
        """
        SELECT id, first.time, last.time
        FROM unnest($1) AS id
        CROSS JOIN LATERAL (SELECT time FROM daily_bars WHERE instrument_id = id ORDER BY time LIMIT 1) AS first
        CROSS JOIN LATERAL (SELECT time FROM daily_bars WHERE instrument_id = id ORDER BY time DESC LIMIT 1) AS last
        """;

    /// <summary>Instruments without a daily bar are left out.</summary>
    public async Task<IReadOnlyDictionary<int, SessionRange>> ReadAsync(
        IReadOnlyCollection<int> instrumentIds, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Query);
        command.Parameters.Add(new() { Value = instrumentIds.ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var ranges = new Dictionary<int, SessionRange>(instrumentIds.Count);
        while (await reader.ReadAsync(cancellationToken))
        {
            ranges[reader.GetInt32(0)] = new SessionRange(reader.GetDateTime(1), reader.GetDateTime(2));
        }

        return ranges;
    }
}

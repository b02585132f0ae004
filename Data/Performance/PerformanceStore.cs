using Npgsql;
using NpgsqlTypes;

namespace Trading.Data.Performance;

/// <summary>How an instrument did in its newest session.</summary>
/// <param name="Ticker">Its ticker.</param>
/// <param name="Name">Its name.</param>
/// <param name="Country">Its country.</param>
/// <param name="Sector">Its sector.</param>
/// <param name="Currency">The currency of its prices.</param>
/// <param name="Exchange">Where it is listed.</param>
/// <param name="Time">The time of the newest daily bar.</param>
/// <param name="Close">Its close.</param>
/// <param name="PreviousClose">The close before, in units of the newest; null where there is none.</param>
/// <param name="MeanClose">Of the last 20 closes, in units of the newest; null where there are fewer.</param>
/// <param name="MeanVolume">Of the last 20 sessions; null where there are fewer.</param>
/// <param name="Volume">Of the newest session.</param>
/// <param name="Synthetic">Whether one of the last two bars is invented or replayed.</param>
public sealed record InstrumentPerformance(
    string Ticker,
    string Name,
    string Country,
    string? Sector,
    string Currency,
    string Exchange,
    DateTime Time,
    double Close,
    double? PreviousClose,
    double? MeanClose,
    double? MeanVolume,
    double Volume,
    bool Synthetic);

/// <summary>Which, and in what order.</summary>
/// <param name="Country">ISO 3166-1 alpha-2; null for all.</param>
/// <param name="Sector">GICS sector; null for all.</param>
/// <param name="Order">How they are sorted.</param>
/// <param name="After">By ticker, only those after this one; null from the first.</param>
/// <param name="Limit">The most.</param>
public sealed record PerformanceQuery(
    string? Country, string? Sector, PerformanceOrder Order, string? After, int Limit);

public enum PerformanceOrder
{
    Ticker,

    /// <summary>The largest rise first.</summary>
    Gainers,

    /// <summary>The largest fall first.</summary>
    Losers,
}

/// <summary>
/// The read model of the latest performance: a materialised view, computed anew beside its readers when bars have changed.
/// </summary>
public sealed class PerformanceStore(NpgsqlDataSource database)
{
    private const string Change = "p.close / p.previous_close";

    public async Task<IReadOnlyList<InstrumentPerformance>> ReadAsync(
        PerformanceQuery query, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"""
            SELECT i.ticker, i.name, i.country, i.sector, i.currency, i.exchange, p.time, p.close, p.previous_close,
                p.mean_close, p.mean_volume, p.volume, p.synthetic
            FROM instrument_performance p JOIN instruments i ON i.id = p.instrument_id
            WHERE ($1 IS NULL OR i.country = $1) AND ($2 IS NULL OR i.sector = $2) AND ($3 IS NULL OR i.ticker > $3)
              AND {(query.Order == PerformanceOrder.Ticker ? "true" : "p.previous_close > 0")}
            ORDER BY {OrderBy(query.Order)} LIMIT $4
            """);
        command.Parameters.Add(Text(query.Country));
        command.Parameters.Add(Text(query.Sector));
        command.Parameters.Add(Text(query.After));
        command.Parameters.Add(new() { Value = query.Limit });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<InstrumentPerformance>();
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add(Read(reader));
        }

        return found;
    }

    /// <summary>Computes it anew, unless no bar or split has changed since.</summary>
    /// <returns>False where nothing had changed.</returns>
    public async Task<bool> RefreshAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var guard = await DatabaseLock.AcquireAsync(
            connection, DatabaseLock.Performance, cancellationToken);
        var changes = await CountChangesAsync(connection, cancellationToken);
        if (changes is null)
        {
            return false;
        }

        await using var refresh = new NpgsqlCommand(
            "REFRESH MATERIALIZED VIEW CONCURRENTLY instrument_performance", connection)
        {
            CommandTimeout = 0,
        };
        await refresh.ExecuteNonQueryAsync(cancellationToken);
        await using var note = new NpgsqlCommand(
            "UPDATE performance_refreshes SET changes = $1, refreshed_at = now()", connection);
        note.Parameters.Add(new() { Value = changes.Value });
        await note.ExecuteNonQueryAsync(cancellationToken);
        return true;
    }

    /// <summary>What PostgreSQL has counted of changes to rows; null where that is as at the last time.</summary>
    private static async Task<long?> CountChangesAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT s.changes FROM performance_refreshes r, (
                SELECT sum(n_tup_ins + n_tup_upd + n_tup_del)::bigint AS changes FROM pg_stat_user_tables
                WHERE relid IN ('daily_bars'::regclass, 'corporate_actions'::regclass, 'instruments'::regclass)) AS s
            WHERE r.changes IS DISTINCT FROM s.changes
            """,
            connection);
        return await command.ExecuteScalarAsync(cancellationToken) as long?;
    }

    private static string OrderBy(PerformanceOrder order) => order switch
    {
        PerformanceOrder.Gainers => $"{Change} DESC, i.ticker",
        PerformanceOrder.Losers => $"{Change}, i.ticker",
        _ => "i.ticker",
    };

    private static InstrumentPerformance Read(NpgsqlDataReader row) => new(
        row.GetString(0),
        row.GetString(1),
        row.GetString(2),
        row[3] as string,
        row.GetString(4),
        row.GetString(5),
        row.GetDateTime(6),
        row.GetDouble(7),
        row[8] as double?,
        row[9] as double?,
        row[10] as double?,
        row.GetDouble(11),
        row.GetBoolean(12));

    private static NpgsqlParameter Text(string? value) =>
        new() { Value = value ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };
}

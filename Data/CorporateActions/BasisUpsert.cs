using Npgsql;
using NpgsqlTypes;
using Trading.Domain.CorporateActions;

namespace Trading.Data.CorporateActions;

/// <summary>Remembers what the prices of an import were adjusted for.</summary>
internal static class BasisUpsert
{
    public static async Task<ILookup<int, PriceBasis>> ReadAsync(
        NpgsqlConnection connection, IReadOnlyList<int> instruments, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "SELECT instrument_id, first, last, holds, adjusted_to FROM price_bases WHERE instrument_id = ANY ($1)",
            connection);
        command.Parameters.Add(new() { Value = instruments.ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var known = new List<(int Instrument, PriceBasis Basis)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            known.Add((reader.GetInt32(0), ActionStore.BasisOf(reader)));
        }

        return known.ToLookup(row => row.Instrument, row => row.Basis);
    }

    /// <summary>Puts ranges in the place of all that was known of these instruments.</summary>
    public static async Task ReplaceAsync(
        NpgsqlConnection connection,
        IReadOnlyDictionary<int, IReadOnlyList<PriceBasis>> bases,
        CancellationToken cancellationToken)
    {
        await using var delete = new NpgsqlCommand(
            "DELETE FROM price_bases WHERE instrument_id = ANY ($1)", connection);
        delete.Parameters.Add(new() { Value = bases.Keys.ToArray() });
        await delete.ExecuteNonQueryAsync(cancellationToken);
        var rows = bases.SelectMany(pair => pair.Value, (pair, basis) => (Id: pair.Key, Basis: basis)).ToList();
        await using var insert = new NpgsqlCommand(
            """
            INSERT INTO price_bases (instrument_id, first, last, holds, adjusted_to)
            SELECT * FROM unnest($1, $2, $3, $4, $5)
            """,
            connection);
        insert.Parameters.Add(new() { Value = rows.ConvertAll(row => row.Id) });
        insert.Parameters.Add(new() { Value = rows.ConvertAll(row => row.Basis.First) });
        insert.Parameters.Add(new() { Value = rows.ConvertAll(row => row.Basis.Last) });
        insert.Parameters.Add(new()
        {
            Value = rows.ConvertAll(row => (short)row.Basis.Holds),
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint,
        });
        insert.Parameters.Add(new() { Value = rows.ConvertAll(row => row.Basis.AdjustedTo) });
        await insert.ExecuteNonQueryAsync(cancellationToken);
    }
}

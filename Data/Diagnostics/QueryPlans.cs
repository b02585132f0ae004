using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace Trading.Data.Diagnostics;

/// <summary>
/// Asks PostgreSQL how it runs a statement, without running it: the generic plan, for any values, so that no value is
/// needed or seen.
/// </summary>
public sealed partial class QueryPlans(NpgsqlDataSource database)
{
    private const string Name = "trading_explained";
    private const int TimeoutSeconds = 5;

    internal static bool IsOurs(string sql) => sql.Contains(Name, StringComparison.Ordinal);

    public async Task<string?> FindAsync(string statement, CancellationToken cancellationToken)
    {
        var sql = Numbered(statement);
        if (!Explainable().IsMatch(sql) || sql.TrimEnd().TrimEnd(';').Contains(';', StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            await using var connection = await database.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await RunAsync(connection, "SET LOCAL plan_cache_mode = force_generic_plan", cancellationToken);
            await RunAsync(connection, $"PREPARE {Name} AS {sql}", cancellationToken);
            try
            {
                return await ExplainAsync(connection, ParametersOf(sql), cancellationToken);
            }
            finally
            {
                await RunAsync(connection, $"DEALLOCATE {Name}", CancellationToken.None);
            }
        }
        catch (NpgsqlException)
        {
            // A type that cannot be told, a table that is gone: there is no plan to show.
            return null;
        }
    }

    private static async Task<string> ExplainAsync(
        NpgsqlConnection connection, int parameters, CancellationToken cancellationToken)
    {
        var nulls = string.Join(", ", Enumerable.Repeat("NULL", parameters));
        await using var command = new NpgsqlCommand(
            parameters == 0 ? $"EXPLAIN EXECUTE {Name}" : $"EXPLAIN EXECUTE {Name}({nulls})", connection)
        {
            CommandTimeout = TimeoutSeconds,
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var lines = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            lines.Add(reader.GetString(0));
        }

        return string.Join('\n', lines);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = TimeoutSeconds };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>EF Core names its parameters, which PostgreSQL numbers: Npgsql does this on the way.</summary>
    private static string Numbered(string sql)
    {
        var names = new List<string>();
        return NamedOrQuoted().Replace(sql, match =>
        {
            if (!match.Groups["name"].Success)
            {
                return match.Value;
            }

            if (!names.Contains(match.Value))
            {
                names.Add(match.Value);
            }

            return string.Create(CultureInfo.InvariantCulture, $"${names.IndexOf(match.Value) + 1}");
        });
    }

    private static int ParametersOf(string sql) => Parameter().Matches(sql)
        .Select(match => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)).DefaultIfEmpty(0).Max();

    [GeneratedRegex(@"^\s*(SELECT|WITH|INSERT|UPDATE|DELETE)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Explainable();

    // What is quoted is left alone: names in it are none. An operator such as @> has no letter after it.
    [GeneratedRegex("""'(?:[^']|'')*'|"(?:[^"]|"")*"|(?<![\w@<])@(?<name>[A-Za-z_]\w*)""")]
    private static partial Regex NamedOrQuoted();

    [GeneratedRegex(@"\$(\d{1,3})")]
    private static partial Regex Parameter();
}

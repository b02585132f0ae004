using System.Text.Json;
using Npgsql;

namespace Trading.Data.Experiments;

/// <summary>Reads experiments' rows.</summary>
internal static class ExperimentRows
{
    public const string Columns =
        """
        e.id, e.user_id, e.name, e.spec::text, e.state, e.error, e.bar_count, e.last_time, e.revision_count,
        e.results::text, e.started_at, e.finished_at
        """;

    public static async Task<List<ExperimentRow>> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<ExperimentRow>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new ExperimentRow
            {
                Id = reader.GetGuid(0),
                UserId = reader.GetGuid(1),
                Name = reader[2] as string,
                Spec = JsonSerializer.Deserialize(reader.GetString(3), ExperimentJson.Default.ExperimentSpec)
                    ?? throw new JsonException("The experiment says nothing of what to run."),
                State = reader.GetString(4),
                Error = reader[5] as string,
                Bars = reader.GetInt32(6),
                LastTime = reader[7] as DateTime?,
                Revisions = reader.GetInt32(8),
                Results = ReadResults(reader[9] as string),
                StartedAt = reader.GetDateTime(10),
                FinishedAt = reader[11] as DateTime?,
            });
        }

        return rows;
    }

    private static IReadOnlyList<ArmDocument> ReadResults(string? text) => text is null
        ? []
        : JsonSerializer.Deserialize(text, ExperimentJson.Default.IReadOnlyListArmDocument) ?? [];
}

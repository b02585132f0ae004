using Npgsql;
using NpgsqlTypes;
using Trading.Domain.Market;

namespace Trading.Data.Import;

/// <summary>Keeps what was imported and, line by line, what was not.</summary>
internal static class ImportLog
{
    public static async Task<ImportReport> WriteAsync(
        NpgsqlConnection connection, ImportReport report, Exchange exchange, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            INSERT INTO imports (file_name, kind, exchange, started_at, finished_at,
                rows_read, stored, updated, unchanged, rejected, quarantined)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id
            """,
            connection);
        object[] values =
        [
            report.FileName, report.Kind.ToString().ToLowerInvariant(), exchange.Code,
            report.StartedAt, report.FinishedAt,
            report.RowsRead, report.Stored, report.Updated, report.Unchanged,
            (long)report.Rejected, (long)report.Quarantined,
        ];
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        var id = (long)(await command.ExecuteScalarAsync(cancellationToken))!;
        await WriteRejectionsAsync(connection, id, report.Rejections, cancellationToken);
        return report with { ImportId = id };
    }

    private static async Task WriteRejectionsAsync(
        NpgsqlConnection connection,
        long id,
        IReadOnlyList<RowRejection> rejections,
        CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            """
            COPY import_rejections (import_id, line, code, reason, quarantined, ticker, content)
            FROM STDIN (FORMAT BINARY)
            """,
            cancellationToken);
        foreach (var row in rejections)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(id, NpgsqlDbType.Bigint, cancellationToken);
            await copy.WriteAsync(row.Line, NpgsqlDbType.Bigint, cancellationToken);
            await copy.WriteAsync(row.Defect.Code, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(row.Defect.Reason, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(row.Defect.Quarantined, NpgsqlDbType.Boolean, cancellationToken);
            await copy.WriteAsync(row.Ticker, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(row.Content, NpgsqlDbType.Text, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }
}

using Npgsql;
using Trading.Domain.CorporateActions;
using Trading.Domain.Market;

namespace Trading.Data.Import;

/// <summary>
/// Imports files of daily bars, corporate actions or names. One transaction per file: a file that cannot be read to its
/// end, or an import that is cancelled, leaves the database as it was.
/// </summary>
public sealed class BarImporter(NpgsqlDataSource dataSource, TimeProvider time)
{
    /// <exception cref="ImportFileException">The file cannot be read.</exception>
    public async Task<ImportReport> ImportAsync(
        string path, ImportOptions options, IProgress<ImportProgress>? progress, CancellationToken cancellationToken)
    {
        var startedAt = time.GetUtcNow().UtcDateTime;
        var file = await FileReader.ReadAsync(path, options.Ticker, progress, cancellationToken);
        return await TryStoreAsync(
            new ImportWork(Path.GetFileName(path), file, options.Exchange, startedAt, progress, options.Prices),
            cancellationToken);
    }

    /// <summary>Stores what a provider gave, by the rules of a file, and keeps a record of it as of a file.</summary>
    /// <param name="name">Whose it is; stands for the file's name.</param>
    /// <param name="exchange">Where instruments are listed that are not known yet.</param>
    /// <param name="series">One of each instrument.</param>
    /// <param name="cancellationToken">Gives up, with nothing stored.</param>
    /// <param name="confirm">Is asked last, within the transaction; where it throws, nothing is stored.</param>
    public Task<ImportReport> StoreAsync(
        string name,
        Exchange exchange,
        IReadOnlyList<ProvidedSeries> series,
        CancellationToken cancellationToken,
        Func<NpgsqlConnection, CancellationToken, Task>? confirm = null) =>
        TryStoreAsync(
            new ImportWork(
                name,
                ProvidedSeries.ToFile(series),
                exchange,
                time.GetUtcNow().UtcDateTime,
                null,
                PriceAdjustment.None)
            {
                Confirm = confirm,
            },
            cancellationToken);

    /// <summary>
    /// What the header says a file is; for importing several in the order in which they build on each other.
    /// </summary>
    /// <exception cref="ImportFileException">The file cannot be read.</exception>
    public static Task<ImportKind> KindOfAsync(
        string path, ImportOptions options, CancellationToken cancellationToken) =>
        FileReader.KindOfAsync(path, options.Ticker, cancellationToken);

    private async Task<ImportReport> TryStoreAsync(ImportWork work, CancellationToken cancellationToken)
    {
        try
        {
            return await StoreAsync(work, cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            // A live bar arrived between the look at what is stored and the direct COPY.
            return await StoreAsync(work with { MayCopyDirectly = false }, cancellationToken);
        }
    }

    private async Task<ImportReport> StoreAsync(ImportWork work, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await LockAsync(connection, work, cancellationToken);
        var rejections = new List<RowRejection>(work.File.Rejections);
        var report = work.File.Kind switch
        {
            ImportKind.Reference => await ReferenceImport.RunAsync(connection, work, rejections, cancellationToken),
            ImportKind.Archive => await ArchiveImport.RunAsync(connection, work, rejections, cancellationToken),
            ImportKind.Rates => await RateImport.RunAsync(connection, work, rejections, cancellationToken),
            ImportKind.Actions => await ActionImport.RunAsync(connection, work, rejections, cancellationToken),
            _ => await DailyBarImport.RunAsync(connection, work, rejections, cancellationToken),
        };
        rejections.Sort((a, b) => a.Line.CompareTo(b.Line));
        report = report with { StartedAt = work.StartedAt, FinishedAt = time.GetUtcNow().UtcDateTime };
        report = await ImportLog.WriteAsync(connection, report, work.Exchange, cancellationToken);
        if (work.Confirm is { } confirm)
        {
            await confirm(connection, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return report;
    }

    /// <summary>One import at a time: two would judge jumps by what the other is about to change.</summary>
    private static async Task LockAsync(
        NpgsqlConnection connection, ImportWork work, CancellationToken cancellationToken)
    {
        await using var attempt = new NpgsqlCommand("SELECT pg_try_advisory_xact_lock($1)", connection);
        attempt.Parameters.Add(new() { Value = DatabaseLock.Import });
        if (await attempt.ExecuteScalarAsync(cancellationToken) is true)
        {
            return;
        }

        work.Progress?.Report(new(ImportPhase.Waiting, 0, 0, 0));
        await using var wait = new NpgsqlCommand("SELECT pg_advisory_xact_lock($1)", connection);
        wait.CommandTimeout = 0;
        wait.Parameters.Add(new() { Value = DatabaseLock.Import });
        await wait.ExecuteNonQueryAsync(cancellationToken);
    }
}

using Npgsql;
using Trading.Domain.CorporateActions;
using Trading.Domain.Market;

namespace Trading.Data.Import;

/// <summary>One file on its way into the database.</summary>
/// <param name="Exchange">For instruments that the file introduces.</param>
/// <param name="Prices">What the prices were adjusted for; null where it is to be found out.</param>
/// <param name="MayCopyDirectly">False once a direct COPY met a row that was not there before.</param>
internal sealed record ImportWork(
    string FileName,
    ParsedFile File,
    Exchange Exchange,
    DateTime StartedAt,
    IProgress<ImportProgress>? Progress,
    PriceAdjustment? Prices,
    bool MayCopyDirectly = true)
{
    /// <summary>Asked before the commit; throws where nothing may be stored.</summary>
    public Func<NpgsqlConnection, CancellationToken, Task>? Confirm { get; init; }

    public ImportReport Report(MergeCounts counts, IReadOnlyList<RowRejection> rejections) => new()
    {
        FileName = FileName,
        Kind = File.Kind,
        RowsRead = File.RowsRead,
        Stored = counts.Stored,
        Updated = counts.Updated,
        Unchanged = counts.Unchanged,
        Rejections = rejections,
    };
}

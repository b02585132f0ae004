using Trading.Data.Bars;

namespace Trading.Data.Import;

/// <summary>Counts rows as they go into the database, and tells the progress.</summary>
internal sealed class RowCounter(IProgress<ImportProgress>? progress, long total, CancellationToken cancellationToken)
{
    private const int RowsPerReport = 8192;

    public long Done { get; private set; }

    public IEnumerable<InstrumentBar> Count(List<DatedSeries> series)
    {
        foreach (var row in series.SelectMany(one => one.Rows()))
        {
            yield return row;
            if (++Done % RowsPerReport == 0)
            {
                Report();
            }
        }

        Report();
    }

    private void Report()
    {
        cancellationToken.ThrowIfCancellationRequested();
        progress?.Report(new(ImportPhase.Storing, Done, total, Done));
    }
}

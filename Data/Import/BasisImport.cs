using Npgsql;
using Trading.Data.CorporateActions;
using Trading.Domain.CorporateActions;
using Trading.Domain.Market;

namespace Trading.Data.Import;

/// <summary>
/// Keeps with the bars of a file what they were adjusted for: as it was told, or as the splits in their range show it.
/// </summary>
internal static class BasisImport
{
    public static async Task RunAsync(
        NpgsqlConnection connection,
        ImportWork work,
        List<DatedSeries> series,
        CancellationToken cancellationToken)
    {
        if (series.Count == 0)
        {
            return;
        }

        var ids = series.ConvertAll(one => one.InstrumentId);
        var bases = await BasisUpsert.ReadAsync(connection, ids, cancellationToken);
        var actions = await HistoryReader.ActionsAsync(connection, ids, cancellationToken);
        // A file is adjusted as of its end, for those too whose rows end earlier.
        var end = series.Max(one => one.Bars[^1].Session);
        var changed = new Dictionary<int, IReadOnlyList<PriceBasis>>();
        foreach (var one in series)
        {
            PriceBasis[] before = [.. bases[one.InstrumentId].OrderBy(basis => basis.First)];
            var after = After(before, one, work.Prices ?? Detect(one, actions[one.InstrumentId]), end);
            if (!after.SequenceEqual(before))
            {
                changed[one.InstrumentId] = after;
            }
        }

        if (changed.Count > 0)
        {
            await BasisUpsert.ReplaceAsync(connection, changed, cancellationToken);
        }
    }

    // Of an import that says nothing of it, what was known stays: mostly it is the same file again.
    private static IReadOnlyList<PriceBasis> After(
        PriceBasis[] before, DatedSeries series, PriceAdjustment? holds, DateOnly end) => holds switch
        {
            null => before,
            PriceAdjustment.None => PriceBases.With(
                before, new(series.Bars[0].Session, series.Bars[^1].Session, PriceAdjustment.None, DateOnly.MinValue)),
            { } adjusted => PriceBases.With(
                before, new(series.Bars[0].Session, series.Bars[^1].Session, adjusted, end)),
        };

    private static PriceAdjustment? Detect(DatedSeries series, IEnumerable<CorporateAction> actions) =>
        PriceBases.Detect(
            series.Bars.ConvertAll(bar => (bar.Session, bar.Bar.Open, bar.Bar.Close)), actions);
}

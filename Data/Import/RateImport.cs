using Npgsql;
using Trading.Data.Currencies;

namespace Trading.Data.Import;

/// <summary>Stores the rates of a file; each of its rows is a day.</summary>
internal static class RateImport
{
    public static async Task<ImportReport> RunAsync(
        NpgsqlConnection connection,
        ImportWork work,
        List<RowRejection> rejections,
        CancellationToken cancellationToken)
    {
        var repeated = work.File.Rates.GroupBy(rate => (rate.Currency, rate.Date)).FirstOrDefault(same => same.Count() > 1);
        if (repeated is not null)
        {
            throw new ImportFileException($"{repeated.Key.Date:yyyy-MM-dd} is there twice.");
        }

        var counts = await RateUpsert.RunAsync(connection, work.File.Rates, work.FileName, cancellationToken);
        return work.Report(counts, rejections);
    }
}

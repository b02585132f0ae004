using System.Globalization;
using System.IO.Compression;
using Trading.Contracts;
using Trading.Data.Import;

namespace Trading.Tests.Integration;

[Collection(SystemTests.Name)]
public sealed class ImportTests(TradingSystem system)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Imported_bars_come_out_of_the_API_as_they_are_in_the_file()
    {
        string[] lines =
        [
            "Date,Open,High,Low,Close,Volume,Symbol",
            "2020-01-02,10.01,10.50,9.99,10.25,1000,TST1",
            "2020-01-03,10.25,10.75,10.20,10.7,2500.5,TST1",
            "2020-07-06,11.1,11.2,11.0,11.15,0,TST1",
        ];
        using var file = TemporaryFile.Of(lines);

        var report = await ImportAsync(file.Path);

        Assert.Equal((3, 3, 0), (report.RowsRead, report.Stored, report.Rejections.Count));
        var bars = await BarsAsync("TST1");
        // New York closes at 16:00, which is 21:00 UTC in winter and 20:00 UTC in summer.
        Assert.Equal(
            [
                new BarResponse(At("2020-01-02T21:00:00Z"), 10.01, 10.50, 9.99, 10.25, 1000, false),
                new BarResponse(At("2020-01-03T21:00:00Z"), 10.25, 10.75, 10.20, 10.7, 2500.5, false),
                new BarResponse(At("2020-07-06T20:00:00Z"), 11.1, 11.2, 11.0, 11.15, 0, false),
            ],
            bars);
    }

    [Fact]
    public async Task A_second_import_changes_nothing()
    {
        using var file = TemporaryFile.Of(
            "ticker,date,open,high,low,close,volume",
            "TST2,2021-03-01,5,6,4,5.5,100",
            "TST2,2021-03-02,5.5,6,5,5.75,200");
        await ImportAsync(file.Path);

        var again = await ImportAsync(file.Path);

        Assert.Equal((2, 0, 0, 2), (again.RowsRead, again.Stored, again.Updated, again.Unchanged));
    }

    [Fact]
    public async Task Bad_rows_are_reported_with_line_and_reason_and_the_good_ones_are_stored()
    {
        using var file = TemporaryFile.Of(
            "ticker,date,open,high,low,close,volume",
            "TST3,2021-03-01,5,6,4,5.5,100",
            "TST3,2021-03-02,5.5,5,4,5.75,200",
            "TST3,2021-03-03,,6,5,5.5,200",
            "TST3,2021-03-01,5,6,4,5.5,100",
            "TST3,2021-03-04,5.5,6,5,5.6,-1",
            "TST3,2021-03-05,20,21,19,20,300",
            "TST3,2021-03-08,5.5,6,5,5.6,300");

        var report = await ImportAsync(file.Path);

        Assert.Equal([3, 4, 5, 6, 7], report.Rejections.Select(row => row.Line));
        Assert.All(report.Rejections, row => Assert.NotEmpty(row.Defect.Reason));
        Assert.Equal(7, Assert.Single(report.Rejections, row => row.Defect.Quarantined).Line);
        Assert.Equal([5.5, 5.6], (await BarsAsync("TST3")).Select(bar => bar.Close));
    }

    [Fact]
    public async Task A_broken_file_leaves_the_database_as_it_was()
    {
        using var whole = TemporaryFile.Of(
            ["ticker,date,open,high,low,close,volume", .. Enumerable.Range(0, 2000).Select(Row)]);
        var packed = await CompressAsync(whole.Path);
        using var broken = TemporaryFile.Of(packed.AsSpan(0, packed.Length / 2), ".csv.gz");

        await Assert.ThrowsAsync<ImportFileException>(() => ImportAsync(broken.Path));

        var missing = await Assert.ThrowsAsync<TradingApiException>(() => system.Api.GetInstrumentAsync("TST4", Cancellation));
        Assert.Equal(ErrorCodes.UnknownTicker, missing.Code);
    }

    [Fact]
    public async Task Five_years_of_the_S_and_P_500_load_in_full_and_equal_the_file()
    {
        var path = SharedData.PathOf("equities/all_stocks_5yr.csv.gz");

        var report = await ImportAsync(path);

        // Counts of the file's README: 619,040 rows, 11 with empty fields, 12 that break low <= open, close <= high.
        Assert.Equal(619_040, report.RowsRead);
        Assert.Equal(23, report.Rejected);
        Assert.Equal(report.RowsRead, report.Stored + report.Updated + report.Unchanged + report.Rejections.Count);
        var expected = await ReadAsync(path, ["AAPL", "BHF", "ZTS"]);
        foreach (var (ticker, rows) in expected)
        {
            var rejected = report.Rejections.Where(row => row.Ticker == ticker).Select(row => row.Line).ToHashSet();
            var bars = await BarsAsync(ticker, to: "2018-12-31");
            Assert.Equal(rows.Where(row => !rejected.Contains(row.Line)).Select(row => row.Prices), bars.Select(PricesOf));
        }
    }

    private Task<ImportReport> ImportAsync(string path) =>
        new BarImporter(system.Database, TimeProvider.System).ImportAsync(path, ImportOptions.Default, null, Cancellation);

    private async Task<List<BarResponse>> BarsAsync(string ticker, string? to = null)
    {
        // The API learns of a new instrument within two seconds.
        await Eventually.IsTrueAsync(() => IsKnownAsync(ticker), $"the API knows {ticker}");
        var query = new BarQuery { To = to };
        return await system.Api.GetBarsAsync(ticker, query, Cancellation).Where(bar => !bar.Synthetic).ToListAsync(Cancellation);
    }

    private async Task<bool> IsKnownAsync(string ticker)
    {
        try
        {
            return await system.Api.GetInstrumentAsync(ticker, Cancellation) is not null;
        }
        catch (TradingApiException error) when (error.Code == ErrorCodes.UnknownTicker)
        {
            return false;
        }
    }

    private static Prices PricesOf(BarResponse bar) =>
        new(DateOnly.FromDateTime(bar.Time), bar.Open, bar.High, bar.Low, bar.Close, bar.Volume);

    private static DateTime At(string text) =>
        DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);

    private static string Row(int day) =>
        $"TST4,{new DateOnly(2010, 1, 1).AddDays(day):yyyy-MM-dd},5,6,4,{(5 + (day % 7 / 10.0)).ToString(CultureInfo.InvariantCulture)},1";

    private static async Task<byte[]> CompressAsync(string path)
    {
        var output = new MemoryStream();
        await using (var gzip = new GZipStream(output, CompressionLevel.Fastest))
        {
            await gzip.WriteAsync(await File.ReadAllBytesAsync(path, Cancellation), Cancellation);
        }

        return output.ToArray();
    }

    private static async Task<Dictionary<string, List<(long Line, Prices Prices)>>> ReadAsync(string path, string[] tickers)
    {
        var found = tickers.ToDictionary(ticker => ticker, _ => new List<(long, Prices)>());
        await using var file = File.OpenRead(path);
        await using var gzip = new GZipStream(file, CompressionMode.Decompress);
        using var reader = new StreamReader(gzip);
        for (long line = 1; await reader.ReadLineAsync(Cancellation) is { } text; line++)
        {
            var fields = text.Split(',');
            if (line > 1 && found.TryGetValue(fields[6], out var rows))
            {
                rows.Add((line, Prices.Parse(fields)));
            }
        }

        return found;
    }

    private sealed record Prices(DateOnly Session, double Open, double High, double Low, double Close, double Volume)
    {
        public static Prices Parse(string[] fields) => new(
            DateOnly.ParseExact(fields[0], "yyyy-MM-dd", CultureInfo.InvariantCulture),
            Number(fields[1]), Number(fields[2]), Number(fields[3]), Number(fields[4]), Number(fields[5]));

        private static double Number(string field) =>
            field.Length == 0 ? double.NaN : double.Parse(field, CultureInfo.InvariantCulture);
    }
}

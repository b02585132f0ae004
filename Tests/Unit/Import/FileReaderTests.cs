using Trading.Data.Import;

namespace Trading.Tests.Unit.Import;

public sealed class FileReaderTests
{
    private const string Header = "date,open,high,low,close,volume,Name";

    [Fact]
    public async Task A_row_is_read_or_rejected_with_its_line_and_reason()
    {
        using var csv = TemporaryFile.Csv(
            Header,
            "2020-01-02,1,2,0.5,1.5,100,ABC",
            "2020-01-03,,2,0.5,1.5,100,ABC",
            "2020-01-06,1,2,0.5,abc,100,ABC",
            "2020-02-30,1,2,0.5,1.5,100,ABC",
            "2020-01-07,1,2,0.5,1.5,100,",
            "2020-01-08,1,2,0.5,1.5,ABC",
            "2020-01-09,1,2,0.5,\"1,5\",100,ABC",
            "\"2020-01-10\",\"1\",\"2\",\"0.5\",\"1.5\",\"100\",\"abc\"");

        var file = await ReadAsync(csv);

        Assert.Equal(8, file.RowsRead);
        var bars = Assert.Single(file.Tickers).Bars;
        Assert.Equal([2L, 9L], bars.Select(bar => bar.Line));
        Assert.Equal(
            [
                (3L, "missing_field"), (4L, "not_a_number"), (5L, "bad_date"), (6L, "missing_field"),
                (7L, "field_count"), (8L, "not_a_number"),
            ],
            file.Rejections.Select(row => (row.Line, row.Defect.Code)));
        Assert.Equal("2020-01-03,,2,0.5,1.5,100,ABC", file.Rejections[0].Content);
    }

    [Fact]
    public async Task Columns_beside_the_prices_tell_of_splits_and_dividends()
    {
        using var csv = TemporaryFile.Csv(
            "ticker,date,open,high,low,close,volume,dividend_amount,split_coefficient",
            "AAPL,2020-08-07,452.82,454.7,441.17,444.45,49511403,0.82,1",
            "AAPL,2020-08-31,127.58,131,126,129.04,225702688,0,4");

        var actions = (await ReadAsync(csv)).Tickers[0].Actions;

        Assert.Equal(
            [(2, new DateOnly(2020, 8, 7), 0.82), (1, new DateOnly(2020, 8, 31), 4.0)],
            actions.Select(row => ((int)row.Action.Kind, row.Action.ExDate, row.Action.Value)));
    }

    [Fact]
    public async Task A_gzip_file_reads_as_the_text_in_it()
    {
        var half = TemporaryFile.Text(Header, "2020-01-02,1,2,0.5,1.5,100,ABC");
        var rest = TemporaryFile.Text("2020-01-03,1,2,0.5,1.5,100,ABC");
        using var gzip = TemporaryFile.Of([.. TemporaryFile.Gzip(half), .. TemporaryFile.Gzip(rest)], ".csv.gz");

        Assert.Equal(2, (await ReadAsync(gzip)).RowsRead);
    }

    [Fact]
    public async Task A_gzip_file_cut_anywhere_is_refused()
    {
        var rows = Enumerable.Range(0, 200).Select(i => $"2020-01-02,1,2,0.5,1.5,{i},T{i}");
        var whole = TemporaryFile.Gzip(TemporaryFile.Text([Header, .. rows]));
        foreach (var length in Enumerable.Range(3, whole.Length - 3).Where(length => length % 7 == 0))
        {
            using var cut = TemporaryFile.Of(whole[..length], ".csv.gz");
            await Assert.ThrowsAsync<ImportFileException>(() => ReadAsync(cut));
        }
    }

    [Fact]
    public async Task A_file_that_is_no_text_table_is_refused()
    {
        byte[][] broken =
        [
            [],
            TemporaryFile.Text(Header, "2020-01-02,1,2,0.5,1.5,100,\"ABC", "2020-01-03,1,2,0.5,1.5,100,ABC"),
            [.. TemporaryFile.Text(Header), .. "2020-01-02,1,2,0.5"u8],
            [.. TemporaryFile.Text(Header), .. "2020-01-02,1,2,0.5,1.5,100,A\0B\n"u8],
            [.. TemporaryFile.Text(Header), .. "2020-01-02,1,2,0.5,1.5,100,CAF"u8, 0xE9, (byte)'\n'],
            System.Text.Encoding.Unicode.GetBytes(Header + "\n2020-01-02,1,2,0.5,1.5,100,ABC\n"),
        ];
        foreach (var content in broken)
        {
            using var file = TemporaryFile.Of(content, ".csv");
            await Assert.ThrowsAsync<ImportFileException>(() => ReadAsync(file));
        }
    }

    [Fact]
    public async Task Text_that_only_claims_to_be_gzip_is_refused()
    {
        using var file = TemporaryFile.Of(TemporaryFile.Text(Header), ".csv.gz");

        await Assert.ThrowsAsync<ImportFileException>(() => ReadAsync(file));
    }

    // The counts are those of the data's README: 619,040 rows, 11 with empty fields, 12 outside low and high.
    [Fact]
    public async Task The_recorded_S_and_P_500_set_is_read_in_full()
    {
        var path = SharedData.PathOf("equities/all_stocks_5yr.csv.gz");

        var file = await FileReader.ReadAsync(path, null, null, TestContext.Current.CancellationToken);

        Assert.Equal(619_040, file.RowsRead);
        Assert.Equal(505, file.Tickers.Count);
        Assert.Equal(11, file.Rejections.Count(row => row.Defect.Code == "missing_field"));
        Assert.Equal(12, file.Rejections.Count(row => row.Defect.Code == "price_range"));
        Assert.Equal(23, file.Rejections.Count);
    }

    // 2020-01-01 to 2024: the first day's prices as the file has them.
    [Fact]
    public async Task A_recorded_file_of_one_coin_is_read_under_its_ticker()
    {
        var path = SharedData.PathOf("crypto/BTCUSDT-perp-1d.csv");

        var file = await FileReader.ReadAsync(path, "BTC/USDT", null, TestContext.Current.CancellationToken);

        var rows = Assert.Single(file.Tickers);
        Assert.Equal("BTC/USDT", rows.Ticker);
        Assert.Empty(file.Rejections);
        Assert.Equal(file.RowsRead, rows.Bars.Count);
        Assert.Equal(new DateOnly(2020, 1, 1), rows.Bars[0].Session);
        Assert.Equal((7189.43, 7260.43, 7170.15, 7197.57), (
            rows.Bars[0].Bar.Open, rows.Bars[0].Bar.High, rows.Bars[0].Bar.Low, rows.Bars[0].Bar.Close));
    }

    [Fact]
    public async Task Hours_do_not_become_days()
    {
        var path = SharedData.PathOf("crypto/BTCUSDT-perp-1h-2020-2024.csv.gz");

        var error = await Assert.ThrowsAsync<ImportFileException>(
            () => FileReader.ReadAsync(path, "BTC/USDT", null, TestContext.Current.CancellationToken));

        Assert.Contains("only daily bars", error.Message, StringComparison.Ordinal);
    }

    private static Task<ParsedFile> ReadAsync(TemporaryFile file) =>
        FileReader.ReadAsync(file.Path, null, null, TestContext.Current.CancellationToken);
}

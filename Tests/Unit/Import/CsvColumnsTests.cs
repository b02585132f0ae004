using Trading.Data.Import;

namespace Trading.Tests.Unit.Import;

public sealed class CsvColumnsTests
{
    // Headers of recorded files: Kaggle's S&P 500 set, yfinance, Alpha Vantage.
    [Theory]
    [InlineData("date,open,high,low,close,volume,Name", 6, 0)]
    [InlineData("date,ticker,open,high,low,close,volume", 1, 0)]
    [InlineData("ticker,date,open,high,low,close,adjusted_close,volume,dividend_amount,split_coefficient", 0, 1)]
    [InlineData(" Symbol , Session ,OPEN,High,Low,Close,Volume", 0, 1)]
    public void Columns_of_bars_are_found_by_name(string header, int ticker, int date)
    {
        var columns = CsvColumns.Find(header.Split(','));

        Assert.Equal(ImportKind.Bars, columns.Kind);
        Assert.Equal(ticker, columns.Ticker);
        Assert.Equal(date, columns.Date);
        var names = columns.Prices.Select(column => header.Split(',')[column].Trim().ToLowerInvariant());
        Assert.Equal(["open", "high", "low", "close", "volume"], names);
    }

    [Theory]
    [InlineData("ticker,date,split_coefficient", ImportKind.Actions)]
    [InlineData("ticker,ex_date,dividend_amount", ImportKind.Actions)]
    [InlineData("Symbol,Name,Sector", ImportKind.Reference)]
    [InlineData("Symbol,Security,GICS Sector,GICS Sub-Industry,Date added,CIK,Founded", ImportKind.Reference)]
    public void What_a_file_holds_is_found_from_its_header(string header, ImportKind kind)
    {
        Assert.Equal(kind, CsvColumns.Find(header.Split(',')).Kind);
    }

    // The header of the recorded Binance and Coinbase files.
    [Theory]
    [InlineData("Date,Open,High,Low,Close,Volume")]
    [InlineData("timestamp_utc,open,high,low,close,volume")]
    public void A_file_of_one_instrument_needs_no_column_of_tickers(string header)
    {
        var columns = CsvColumns.Find(header.Split(','), "BTC/USDT");

        Assert.Equal((ImportKind.Bars, -1, 0), (columns.Kind, columns.Ticker, columns.Date));
        Assert.Throws<ImportFileException>(() => CsvColumns.Find(header.Split(',')));
    }

    [Fact]
    public void A_file_that_says_whose_its_rows_are_is_not_given_to_another()
    {
        var error = Assert.Throws<ImportFileException>(
            () => CsvColumns.Find("date,open,high,low,close,volume,Name".Split(','), "BTC/USDT"));

        Assert.Contains("the column Name", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_column_is_named_beside_those_that_were_found()
    {
        string[] header = ["date", "ticker", "close", "high", "low", "open"];

        var error = Assert.Throws<ImportFileException>(() => CsvColumns.Find(header));

        Assert.Equal("Missing column: volume. Found: date, ticker, close, high, low, open.", error.Message);
    }
}

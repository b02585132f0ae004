using Trading.ApiService.Edge;

namespace Trading.Tests.Unit.Api;

public sealed class CsvTests
{
    [Theory]
    [InlineData("=1+2", "'=1+2")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"")]
    [InlineData("AAPL", "AAPL")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData(null, "")]
    public void Exported_cells_that_start_with_a_formula_are_neutralised(string? text, string cell)
    {
        using var writer = new StringWriter();

        new Csv(writer).Text(text).Number(-1.25).EndRow();

        Assert.Equal($"{cell},-1.25\r\n", writer.ToString());
    }
}

using Trading.Contracts;
using Trading.PricingWorker.Import;

namespace Trading.Tests.Integration;

/// <summary>The verb as `dotnet dev.cs import` runs it, in this process.</summary>
[Collection(SystemTests.Name)]
public sealed class ImportCommandTests(TradingSystem system)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_command_stores_what_is_good_and_reports_what_is_not()
    {
        using var file = TemporaryFile.Of(
            "ticker,date,open,high,low,close,volume",
            "CMD1,2021-03-01,5,6,4,5.5,100",
            "CMD1,2021-03-02,5.5,5,4,5.75,200",
            "CMD1,2021-03-03,5.5,6,5,5.75,300");
        var report = Path.Combine(Path.GetTempPath(), $"report-{Guid.NewGuid():n}.csv");

        var code = await RunAsync(file.Path, "--report", report, "--exchange", "xnas");
        var rejected = await File.ReadAllLinesAsync(report, Cancellation);
        File.Delete(report);
        var bars = await BarsAsync("CMD1");

        Assert.Equal(0, code);
        Assert.Equal(2, bars.Items.Count);
        Assert.Equal(2, rejected.Length);
        Assert.Contains("CMD1", rejected[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_none_fails_and_the_others_go_through()
    {
        using var good = TemporaryFile.Of("ticker,date,open,high,low,close,volume", "CMD2,2021-03-01,5,6,4,5.5,100");
        using var bad = TemporaryFile.Of("this,is,no", "header,of,bars");

        Assert.Equal(1, await RunAsync(bad.Path, good.Path));
        Assert.Equal(1, await RunAsync("/no/such/file.csv"));
        Assert.Single((await BarsAsync("CMD2")).Items);
    }

    [Theory]
    [InlineData("--exchange")]
    [InlineData("--colour", "red")]
    [InlineData("x.csv", "--exchange", "NOWHERE")]
    [InlineData("x.csv", "--connection", "this is no connection string")]
    public async Task Wrong_usage_ends_with_2(params string[] arguments) =>
        Assert.Equal(2, await ImportCommand.RunAsync(arguments));

    [Fact]
    public async Task A_database_that_is_away_is_told_and_help_is_given()
    {
        using var file = TemporaryFile.Of("ticker,date,open,high,low,close,volume", "CMD3,2021-03-01,5,6,4,5.5,100");

        Assert.Equal(1, await ImportCommand.RunAsync(
            [file.Path, "--connection", "Host=127.0.0.1;Port=1;Username=x;Password=y;Database=z;Timeout=1"]));
        Assert.Equal(0, await ImportCommand.RunAsync(["--help"]));
    }

    // The API reads its list of instruments anew every few seconds.
    private Task<Page<BarResponse>> BarsAsync(string ticker) => Eventually.ReturnsAsync(
        async () =>
        {
            try
            {
                return await system.Api.GetBarsPageAsync(ticker, new BarQuery(), Cancellation);
            }
            catch (TradingApiException unknown) when (unknown.Code == ErrorCodes.UnknownTicker)
            {
                return null;
            }
        },
        "the instrument is known");

    private async Task<int> RunAsync(params string[] arguments) => await ImportCommand.RunAsync(
        [.. arguments, "--connection", await system.ConnectionStringAsync("tradingdb")]);
}

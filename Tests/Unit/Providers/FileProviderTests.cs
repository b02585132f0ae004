using System.IO.Compression;
using System.Text;
using Trading.Domain.Market;
using Trading.PricingWorker.Providers;

namespace Trading.Tests.Unit.Providers;

/// <summary>Stooq's CSV, the Central Bank's file of rates, and a folder of files.</summary>
public sealed class FileProviderTests
{
    private static readonly (string, string) _stooq = ("Equity", "Stooq");
    private static readonly (string, string) _ecb = ("Currency", "Ecb");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public async Task Stooq_gives_sessions_as_lines_of_CSV(string lineEnd)
    {
        var text = await File.ReadAllTextAsync(SharedData.PathOf("provider-samples/stooq/aapl_us_d-first-20.csv"), Cancellation);
        await using var server = await ProviderServer.StartAsync(text.Replace("\n", lineEnd, StringComparison.Ordinal));

        var history = await server.DailyAsync(ProviderName.Stooq, ProviderHost.Instrument("AAPL"), _stooq);

        Assert.Equal(20, history.Bars.Count);
        Assert.Equal(
            new ProvidedBar(new(2022, 9, 1), new Bar(default, 153.915, 155.662, 151.977, 155.21, 75545360)), history.Bars[0]);
        Assert.StartsWith("/q/d/l/?s=aapl.us&d1=19900101&d2=20300101&i=d", server.Requests[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Old_prices_of_Stooq_are_left_out_as_they_are_not_those_traded()
    {
        await using var server = await ProviderServer.WithSampleAsync("stooq/aapl_us_d-first-20.csv");

        var history = await server.DailyAsync(
            ProviderName.Stooq, ProviderHost.Instrument("AAPL"), _stooq, ("Stooq:RawDays", "30"));

        Assert.Empty(history.Bars);
        Assert.Equal(20, history.LeftOut);
    }

    [Fact]
    public async Task Stooqs_no_data_is_not_found()
    {
        await using var server = await ProviderServer.WithSampleAsync("stooq/no-data.txt");
        await using var host = new ProviderHost(server.Url, _stooq);

        Assert.Equal(FailureKind.NotFound, (await host.FailureAsync(ProviderName.Stooq)).Kind);
    }

    [Fact]
    public async Task Reference_rates_come_from_one_file_for_all_pairs_also_across_the_euro()
    {
        await using var server = await ProviderServer.StartAsync(await RatesAsync());
        await using var host = new ProviderHost(server.Url, _ecb);
        var ecb = host.Provider(ProviderName.Ecb);
        var (day, before) = (new DateOnly(2026, 4, 13), new DateOnly(2026, 4, 10));

        var dollars = await ecb.ReadDailyAsync(ProviderHost.Instrument("EUR/USD"), before, day, Cancellation);
        var francs = await ecb.ReadDailyAsync(ProviderHost.Instrument("USDCHF=X"), day, day, Cancellation);
        var quote = Assert.Single((await ecb.ReadQuotesAsync([ProviderHost.Instrument("EUR/USD")], Cancellation)).Quotes);
        var unknown = await Assert.ThrowsAsync<ProviderException>(() =>
            ecb.ReadDailyAsync(ProviderHost.Instrument("EUR/XXX"), before, day, Cancellation));

        // The file's own lines: 2026-04-13 has USD 1.1684 and CHF 0.9242, the Friday before USD 1.1711.
        Assert.Equal([(before, 1.1711), (day, 1.1684)], dollars.Bars.Select(bar => (bar.Session, bar.Bar.Close)));
        Assert.Equal(0.9242 / 1.1684, Assert.Single(francs.Bars).Bar.Close, 8);
        Assert.Equal((1.1684, 1.1711), (quote.Quote.Price, quote.Quote.PreviousClose));
        Assert.Equal(new DateTime(2026, 4, 13, 14, 0, 0, DateTimeKind.Utc), quote.Time);
        Assert.Equal(FailureKind.NotFound, unknown.Kind);
        Assert.Equal(["/stats/eurofxref/eurofxref-hist.zip"], server.Requests);
    }

    [Fact]
    public async Task Rates_of_small_currencies_are_as_exact_as_those_of_large_ones()
    {
        await using var server = await ProviderServer.StartAsync("Date,USD,IDR,GBP\n2026-11-20,1.08,19437.61,0.87345\n");
        await using var host = new ProviderHost(server.Url, _ecb);
        var ecb = host.Provider(ProviderName.Ecb);
        var day = new DateOnly(2026, 11, 20);

        var euros = await ecb.ReadDailyAsync(ProviderHost.Instrument("IDR/EUR"), day, day, Cancellation);
        var pounds = await ecb.ReadDailyAsync(ProviderHost.Instrument("IDR/GBP"), day, day, Cancellation);

        // 1/19437.61 and 0.87345/19437.61, by a decimal calculator.
        Assert.Equal(5.14466541926e-5, Assert.Single(euros.Bars).Bar.Close);
        Assert.Equal(4.49360801045e-5, Assert.Single(pounds.Bars).Bar.Close);
    }

    [Fact]
    public async Task An_archive_that_unpacks_to_far_more_is_refused()
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            await using var entry = await archive.CreateEntry("eurofxref-hist.csv").OpenAsync(Cancellation);
            await entry.WriteAsync("Date,USD\n"u8.ToArray(), Cancellation);
            var line = Encoding.ASCII.GetBytes("2026-04-13,1.1684\n".PadLeft(1 << 16, ' '));
            for (var i = 0; i < 100; i++)
            {
                await entry.WriteAsync(line, Cancellation);
            }
        }

        await using var server = await ProviderServer.StartAsync(zip.ToArray());
        await using var host = new ProviderHost(server.Url, _ecb, ("Ecb:MaxBodyBytes", "100000"));

        var failure = await host.FailureAsync(ProviderName.Ecb);

        Assert.Equal(FailureKind.InvalidData, failure.Kind);
        Assert.Contains("longer than 100000 bytes", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_has_a_file_for_each_instrument()
    {
        var folder = Directory.CreateTempSubdirectory("providers").FullName;
        try
        {
            await File.WriteAllTextAsync(
                Path.Combine(folder, "BTC_USD.csv"),
                "Date,Close,Open,High,Low,Adj Close,Volume\n2024-01-03,11,10.5,12,10,9,7\n2024-01-02,10,9,11,8,9,5\n",
                Cancellation);
            await using var host = new ProviderHost("http://localhost", ("Crypto", "Csv"), ("Csv:Folder", folder));
            var csv = host.Provider(ProviderName.Csv);

            var history = await csv.ReadDailyAsync(
                ProviderHost.Instrument("BTC/USD", "CRYPTO"), new(2024, 1, 1), new(2024, 12, 31), Cancellation);

            Assert.Equal(
                [
                    new ProvidedBar(new(2024, 1, 2), new Bar(default, 9, 11, 8, 10, 5)),
                    new ProvidedBar(new(2024, 1, 3), new Bar(default, 10.5, 12, 10, 11, 7)),
                ],
                history.Bars);
            Assert.False(csv.Covers(ProviderHost.Instrument("../secrets", "CRYPTO")));
            Assert.False(csv.Covers(ProviderHost.Instrument("ETH/USD", "CRYPTO")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<byte[]> RatesAsync()
    {
        await using var file = File.OpenRead(SharedData.PathOf("fx/eurofxref-hist.csv.gz"));
        await using var text = new GZipStream(file, CompressionMode.Decompress);
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            await using var entry = await archive.CreateEntry("eurofxref-hist.csv").OpenAsync(Cancellation);
            await text.CopyToAsync(entry, Cancellation);
        }

        return zip.ToArray();
    }
}

using Microsoft.Extensions.Logging.Abstractions;
using Trading.Contracts;
using Trading.Data.Currencies;
using Trading.Data.Import;
using Trading.PricingWorker.Currencies;
using Trading.Tests.Unit.Api;
using Trading.Tests.Unit.Currencies;
using Trading.Tests.Unit.Providers;
using Trading.Tests.Worker;

namespace Trading.Tests.Integration;

/// <summary>Reference rates in the store and over the API.</summary>
[Collection(SystemTests.Name)]
public sealed class CurrencyTests(TradingSystem system)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_banks_file_is_imported_day_by_day_and_importing_it_again_changes_nothing()
    {
        await using var database = await ScratchDatabase.CreateAsync(system);
        var importer = new BarImporter(database.Source, TimeProvider.System);
        var path = SharedData.PathOf(EcbFile.Name);

        var first = await importer.ImportAsync(path, ImportOptions.Default, null, Cancellation);
        var again = await importer.ImportAsync(path, ImportOptions.Default, null, Cancellation);

        Assert.Equal(ImportKind.Rates, first.Kind);
        Assert.Equal((6983, 6983, 0), (first.RowsRead, first.Stored, first.Rejected));
        Assert.Equal((0, 0, 6983), (again.Stored, again.Updated, again.Unchanged));
        var spans = await new RateStore(database.Source).ListAsync(Cancellation);
        Assert.Equal(41, spans.Count);
        var expected = EcbFile.Read().GroupBy(rate => rate.Currency).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (group.Key, group.Min(rate => rate.Date), group.Max(rate => rate.Date)));
        Assert.Equal(expected, spans.Select(span => (span.Currency, span.First, span.Last)));
    }

    [Fact]
    public async Task A_bad_line_of_rates_is_rejected_and_a_corrected_rate_is_updated()
    {
        await using var database = await ScratchDatabase.CreateAsync(system);
        var importer = new BarImporter(database.Source, TimeProvider.System);
        using var file = TemporaryFile.Of(
            ["Date,USD,JPY,", "2026-03-13,1.1476,182.85,", "2026-03-12,1.1547,-1,", "12 March,1,1,", "2026-03-11,N/A,183.63,"]);
        using var corrected = TemporaryFile.Of(["Date,USD,JPY,", "2026-03-13,1.1477,182.85,"]);

        var report = await importer.ImportAsync(file.Path, ImportOptions.Default, null, Cancellation);
        var later = await importer.ImportAsync(corrected.Path, ImportOptions.Default, null, Cancellation);

        Assert.Equal((4, 2, 2), (report.RowsRead, report.Stored, report.Rejected));
        Assert.Equal(["not_a_number", "bad_date"], report.Rejections.Select(row => row.Defect.Code));
        Assert.Equal((0, 1), (later.Stored, later.Updated));
        var stored = await new RateStore(database.Source).LastAsync(["USD", "JPY"], new(2026, 3, 31), Cancellation);
        Assert.Equal([1.1477m, 182.85m], stored.Select(rate => rate.Rate));
    }

    [Fact]
    public async Task The_worker_fetches_the_banks_rates_once_they_are_out()
    {
        await using var database = await ScratchDatabase.CreateAsync(system);
        await using var server = await ProviderServer.StartAsync(
            "Date,USD,ISK,\n2026-03-13,1.1476,N/A,\n2026-03-12,1.1547,144.6,\n");
        await using var host = new ProviderHost(server.Url, ("Currency", "Ecb"));
        var store = new RateStore(database.Source);
        var clock = new ManualTime();
        clock.Advance(new DateTimeOffset(2026, 3, 14, 12, 0, 0, TimeSpan.Zero) - clock.GetUtcNow());
        var loop = new RateLoop(
            null!, null!, host.Catalog, store, clock, NullLogger<RateLoop>.Instance);

        Assert.Equal(2, await loop.RunAsync(Cancellation));
        Assert.Equal(0, await loop.RunAsync(Cancellation));

        Assert.Single(server.Requests);
        var rates = await store.LastAsync(["USD", "ISK"], new(2026, 3, 14), Cancellation);
        Assert.Equal(
            [new("USD", new(2026, 3, 13), 1.1476m), new("ISK", new(2026, 3, 12), 144.6m)],
            rates.OrderByDescending(rate => rate.Date));
    }

    [Fact]
    public async Task Amounts_are_converted_over_the_API_and_carried_days_are_flagged()
    {
        await StoreAsync();
        var client = new TradingClient(system.Http);

        var sunday = await client.ConvertAsync(100, "USD", "CHF", new(2026, 3, 15), Cancellation);
        var pence = await client.ConvertAsync(86503, "GBp", "EUR", new(2026, 3, 13), Cancellation);
        var rates = await client.GetCurrencyRatesAsync("usd", new(2026, 3, 9), new(2026, 3, 15), Cancellation);
        // 13 March 2026 is a Friday.
        var euro = await client.GetCurrencyRatesAsync("EUR", new(2026, 3, 12), new(2026, 3, 16), Cancellation);
        var all = await client.ListCurrenciesAsync(Cancellation);

        Assert.Equal(Math.Round(100 * 0.9034m / 1.1476m, 10), sunday.Converted);
        Assert.Equal((true, 2, new DateOnly(2026, 3, 13)), (sunday.Carried, sunday.DaysCarried, sunday.RateDate));
        Assert.Equal((1000m, false), (pence.Converted, pence.Carried));
        Assert.Equal([1.1547m, 1.1476m], rates.Rates.Select(rate => rate.Rate));
        Assert.Equal(
            [(new DateOnly(2026, 3, 12), 1m), (new(2026, 3, 13), 1), (new(2026, 3, 16), 1)],
            euro.Rates.Select(rate => (rate.Date, rate.Rate)));
        Assert.Contains(all, currency => currency is { Code: "CHF", Name: "Swiss franc" });
        Assert.Contains(all, currency => currency is { Code: "EUR", PerEuro: 1 });
    }

    [Theory]
    [InlineData("convert?from=USD&to=EUR&date=2026-03-21", 422, ErrorCodes.NoRate)]
    [InlineData("convert?from=USD&to=EUR&date=1990-01-01", 422, ErrorCodes.NoRate)]
    [InlineData("convert?from=XAU&to=EUR&date=2026-03-13", 404, ErrorCodes.UnknownCurrency)]
    [InlineData("convert?from=USD&to=EURO", 400, ErrorCodes.InvalidParameter)]
    [InlineData("convert?amount=1e9&from=USD&to=EUR", 400, ErrorCodes.InvalidParameter)]
    [InlineData("convert?from=USD&to=EUR&date=today", 400, ErrorCodes.InvalidDate)]
    [InlineData("XAU/rates", 404, ErrorCodes.UnknownCurrency)]
    [InlineData("USD/rates?from=2026-03-02&to=2026-03-01", 400, ErrorCodes.InvalidRange)]
    public async Task What_cannot_be_converted_is_a_problem_that_says_why(string path, int status, string code)
    {
        await StoreAsync();

        var answer = await system.Http.GetAsync(new Uri($"api/v1/currencies/{path}", UriKind.Relative), Cancellation);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains(
            $"\"code\":\"{code}\"", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    private async Task StoreAsync() => await new RateStore(system.Database).StoreAsync(
        [
            new("USD", new(2026, 3, 12), 1.1547m), new("USD", new(2026, 3, 13), 1.1476m),
            new("CHF", new(2026, 3, 13), 0.9034m), new("GBP", new(2026, 3, 13), 0.86503m),
        ],
        "test",
        Cancellation);
}

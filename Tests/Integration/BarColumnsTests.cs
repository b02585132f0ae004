using Trading.Data.Backtests;
using Trading.Data.Bars;
using Trading.Domain.Market;
using Trading.Tests.Worker;

namespace Trading.Tests.Integration;

/// <summary>Columns of many instruments against their bars read one by one, as the API gives them.</summary>
[Collection(SystemTests.Name)]
public sealed class BarColumnsTests(TradingSystem system)
{
    private const int Minutes = 600;

    private static readonly string[] Tickers = ["AAA", "BBB", "CCC"];
    private static readonly DateTime Start = new(2026, 3, 2, 14, 31, 0, DateTimeKind.Utc);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("1m")]
    [InlineData("5m")]
    [InlineData("15m")]
    [InlineData("1h")]
    public async Task Columns_of_an_interval_are_the_bars_of_each_instrument(string code)
    {
        await using var database = await FilledAsync();
        Assert.True(BarInterval.TryParse(code, out var interval));
        var instruments = await InstrumentsAsync(database);
        var (from, to) = (Start.AddMinutes(59), Start.AddMinutes(59 + 240));

        var loaded = await new BarColumns(database.Source).ReadAsync(
            [.. instruments.Values], interval, from, to, long.MaxValue, Cancellation);

        Assert.Equal(instruments.Values.Order(), loaded!.Keys.Order());
        foreach (var (ticker, id) in instruments)
        {
            var bars = (await database.Bars.ReadAsync(id, interval, from, to, null, 1000, Cancellation))
                .Select(stored => stored.Bar).OrderBy(bar => bar.Time).ToList();
            Assert.True(bars.Count >= 4, $"{ticker} has {bars.Count} bars.");
            var columns = loaded[id];
            Assert.Equal(bars, Enumerable.Range(0, columns.Times.Length).Select(bar => new Bar(
                columns.Times[bar],
                columns.Open[bar],
                columns.High[bar],
                columns.Low[bar],
                columns.Close[bar],
                columns.Volume[bar])));
            Assert.Equal(ticker == "CCC", columns.Synthetic);
        }
    }

    [Fact]
    public async Task More_bars_than_allowed_are_not_read()
    {
        await using var database = await FilledAsync();
        int[] instruments = [.. (await InstrumentsAsync(database)).Values];
        var columns = new BarColumns(database.Source);

        var some = await columns.ReadAsync(
            instruments, BarInterval.OneMinute, Start, Start.AddMinutes(Minutes), (3 * Minutes) - 1, Cancellation);
        var all = await columns.ReadAsync(
            instruments, BarInterval.OneMinute, Start, Start.AddMinutes(Minutes), 3 * Minutes, Cancellation);

        Assert.Null(some);
        Assert.Equal(3 * Minutes, all!.Values.Sum(bars => bars.Times.Length));
    }

    [Fact]
    public async Task Stepping_back_finds_the_start_of_the_warm_up()
    {
        await using var database = await FilledAsync();
        int[] instruments = [.. (await InstrumentsAsync(database)).Values];

        Assert.True(BarInterval.TryParse("5m", out var interval));
        var start = await new BarColumns(database.Source).StepBackAsync(
            instruments, interval, Start.AddMinutes(300), 10, Cancellation);

        // Ten bars of five minutes are fifty minutes, all of which are there.
        Assert.Equal(Start.AddMinutes(250), start);
    }

    private static async Task<Dictionary<string, int>> InstrumentsAsync(ScratchDatabase database)
    {
        var ids = new Dictionary<string, int>();
        foreach (var ticker in Tickers)
        {
            ids.Add(ticker, (await database.InstrumentAsync(ticker)).Id);
        }

        return ids;
    }

    private async Task<ScratchDatabase> FilledAsync()
    {
        var database = await ScratchDatabase.CreateAsync(system);
        var random = new Random(1);
        var rows = new List<InstrumentBar>();
        foreach (var ticker in Tickers)
        {
            await using var insert = database.Source.CreateCommand(
                """
                INSERT INTO instruments (ticker, name, country, currency, exchange, synthetic)
                VALUES ($1, $1, 'US', 'USD', 'XNYS', false) RETURNING id
                """);
            insert.Parameters.Add(new() { Value = ticker });
            var id = (int)(await insert.ExecuteScalarAsync(Cancellation))!;
            for (var minute = 0; minute < Minutes; minute++)
            {
                double[] prices = [.. Enumerable.Range(0, 4).Select(_ => 50 + (100 * random.NextDouble()))];
                rows.Add(new(
                    id,
                    new Bar(Start.AddMinutes(minute), prices[0], prices.Max(), prices.Min(), prices[3], random.Next(1, 1000)),
                    ticker == "CCC" ? BarSource.Simulated : BarSource.Imported));
            }
        }

        await database.Bars.UpsertAsync(BarInterval.OneMinute, rows, Cancellation);
        return database;
    }
}

using System.Globalization;
using System.Text.Json;
using Trading.Data.Backtests;
using Trading.Data.CorporateActions;
using Trading.Domain.Backtesting;
using Trading.Domain.Strategies;
using Trading.Tests.Worker;

namespace Trading.Tests.Integration;

/// <summary>Backtests of a coin's recorded days, which close at midnight, and of a share beside it.</summary>
[Collection(SystemTests.Name)]
public sealed class CoinBacktestTests(TradingSystem system)
{
    private const string Coin = "BTC/USDT";
    private const string Share = "SHARE";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task January_is_January_and_ends_on_its_last_day()
    {
        await using var database = await FilledAsync();

        var (result, equity) = await HoldAsync(database, new(2023, 1, 1), new(2023, 1, 31), Coin);

        // The file: opened 1 January at 16537.5, closed 31 January at 23119.4.
        var month = Assert.Single(result.GetProperty("months").EnumerateArray());
        Assert.Equal((2023, 1), (month.GetProperty("year").GetInt32(), month.GetProperty("month").GetInt32()));
        Assert.Equal((23119.4 / 16537.5) - 1, month.GetProperty("return").GetDouble(), 1e-5);
        Assert.Equal(31, result.GetProperty("performance").GetProperty("days").GetInt32());
        Assert.Equal(31, equity.GetProperty("equity").GetArrayLength());
    }

    [Theory]
    [InlineData(365, Coin)]
    [InlineData(365, Coin, Share)]
    [InlineData(252, Share)]
    public async Task Ratios_are_annualised_by_the_days_that_have_returns(int expected, params string[] tickers)
    {
        await using var database = await FilledAsync();

        var (result, equity) = await HoldAsync(database, new(2022, 1, 1), new(2022, 12, 31), tickers);

        var times = equity.GetProperty("times").EnumerateArray().Select(time => time.GetDateTime());
        var values = equity.GetProperty("equity").EnumerateArray().Select(value => value.GetDouble());
        double[] daily =
        [
            equity.GetProperty("initial").GetDouble(),
            .. times.Zip(values).GroupBy(pair => pair.First.AddMilliseconds(-1).Date, pair => pair.Second)
                .Select(day => day.Last()),
        ];
        double[] returns = [.. daily.Skip(1).Zip(daily, (after, before) => (after / before) - 1)];
        var mean = returns.Average();
        var deviation = Math.Sqrt(returns.Sum(value => (value - mean) * (value - mean)) / (returns.Length - 1));
        Assert.Equal(expected, result.GetProperty("settings").GetProperty("periods_per_year").GetInt32());
        Assert.Equal(tickers[0] == Coin ? 365 : 260, returns.Length);
        Assert.Equal(
            deviation * Math.Sqrt(expected),
            result.GetProperty("performance").GetProperty("volatility").GetDouble(),
            1e-9);
    }

    [Fact]
    public async Task A_sweep_keeps_the_values_that_it_does_not_search()
    {
        await using var database = await FilledAsync();
        var spec = await SpecAsync(database, new(2022, 1, 1), new(2022, 12, 31), Coin);

        var stored = await RunAsync(database, spec with
        {
            Strategy = "ma_cross",
            Source = null,
            Arguments = new Dictionary<string, double> { ["slow"] = 70 },
            Sweep = new() { Axes = [new("fast", 5, 6, 1)] },
        });

        var trials = Read(stored.Result).GetProperty("sweep").GetProperty("trials").EnumerateArray()
            .Select(trial => string.Join('/', trial.GetProperty("arguments").EnumerateArray())).Order();
        Assert.Equal(["5/70", "6/70"], trials);
    }

    private static JsonElement Read(byte[] compressed) =>
        JsonDocument.Parse(CompressedJson.Read(compressed)).RootElement;

    private static async Task<(JsonElement Result, JsonElement Equity)> HoldAsync(
        ScratchDatabase database, DateOnly from, DateOnly to, params string[] tickers)
    {
        var stored = await RunAsync(database, await SpecAsync(database, from, to, tickers));
        return (Read(stored.Result), Read(stored.Equity));
    }

    private static Task<StoredResult> RunAsync(ScratchDatabase database, BacktestSpec spec) =>
        new BacktestRunner(new BarColumns(database.Source), new ActionStore(database.Source), TimeProvider.System)
            .RunAsync(spec, SpecStrategy.Of(spec), 1_000_000, null, Cancellation);

    private static async Task<BacktestSpec> SpecAsync(
        ScratchDatabase database, DateOnly from, DateOnly to, params string[] tickers)
    {
        var instruments = new List<SpecInstrument>();
        foreach (var ticker in tickers)
        {
            var known = await database.InstrumentAsync(ticker);
            instruments.Add(new(known.Id, ticker, known.Exchange, known.Synthetic));
        }

        var first = from.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc).AddMicroseconds(1);
        return new()
        {
            Strategy = "own",
            Source = "entry: close > 0\nexit: close < 0",
            Arguments = new Dictionary<string, double>(),
            Instruments = instruments,
            Interval = "1d",
            From = first,
            To = to.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc).AddDays(1),
            Settings = new() { From = first, Costs = TradingCosts.None, BootstrapSamples = 0 },
            Size = new PositionSize(PositionSizeRule.Equity, 1),
        };
    }

    private static string[] CoinDays() =>
    [
        .. File.ReadLines(SharedData.PathOf("crypto/BTCUSDT-perp-1d.csv")).Skip(1)
            .Where(line => line[..4] is "2021" or "2022" or "2023")
            .Select(line => $"{Coin},{line[..10]}{line[line.IndexOf(',', StringComparison.Ordinal)..]}"),
    ];

    private static string[] ShareDays() =>
    [
        .. Enumerable.Range(0, 3 * 365).Select(day => new DateOnly(2021, 1, 1).AddDays(day))
            .Where(day => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            .Select(day => string.Create(
                CultureInfo.InvariantCulture,
                $"{Share},{day:yyyy-MM-dd},100,105,95,{100 + (day.DayNumber % 5)},1000")),
    ];

    private async Task<ScratchDatabase> FilledAsync()
    {
        var database = await ScratchDatabase.CreateAsync(system);
        await database.ImportAtAsync("CRYPTO", CoinDays());
        await database.ImportAtAsync("XNYS", ShareDays());
        return database;
    }
}

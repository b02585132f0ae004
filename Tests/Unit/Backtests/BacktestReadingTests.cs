using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Trading.ApiService.Backtests;
using Trading.ApiService.Instruments;
using Trading.ApiService.Quotes;
using Trading.Contracts;
using Trading.Data.Backtests;
using Trading.Domain.Market;
using Trading.Tests.Unit.Api;

namespace Trading.Tests.Unit.Backtests;

/// <summary>What is taken for a backtest, with no store but a list of instruments.</summary>
public sealed class BacktestReadingTests
{
    private static readonly BacktestRequest _cross = new() { Strategy = "ma_cross", Instruments = ["BTC/USDT"] };

    private readonly ManualTime _time = new();

    public static TheoryData<string, BacktestSweep> WrongSweeps { get; } = new()
    {
        { "sweep.axes", new([null!]) },
        { "sweep.axes", new([]) },
        { "sweep.axes", new([new(null, 1, 2, 1)]) },
        { "sweep.axes", new([new("nothing", 5, 6, 1)]) },
        // Parameters that count bars.
        { "sweep.axes", new([new("fast", 5.5, 6, 1)]) },
        { "sweep.axes", new([new("fast", 5, 6, 0.5)]) },
        { "sweep.axes", new([new("fast", 5, 6, 0.1)], 3) },
        { "sweep.axes", new([new("fast", 1, 6, 1)]) },
        { "sweep.axes", new([new("fast", 6, 5, 1)]) },
        { "sweep.axes", new([new("fast", 5, 6, double.NaN)]) },
        { "sweep.axes", new([new("fast", 5, 6, 1), new("fast", 5, 6, 1)]) },
        { "sweep.train_to_test", new([new("fast", 5, 6, 1)], TrainToTest: 0.99) },
        { "sweep.train_to_test", new([new("fast", 5, 6, 1)], TrainToTest: 0.1) },
        { "sweep.train_to_test", new([new("fast", 5, 6, 1)], TrainToTest: 20.1) },
        { "sweep.objective", new([new("fast", 5, 6, 1)], Objective: "luck") },
        { "sweep.windows", new([new("fast", 5, 6, 1)], Windows: 0) },
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(WrongSweeps))]
    public async Task What_a_sweep_cannot_try_is_said_of_its_field(string field, BacktestSweep sweep)
    {
        var (spec, errors) = await ReadAsync(_cross with { Sweep = sweep });

        Assert.Null(spec);
        Assert.Equal([field], errors!.Keys);
    }

    [Fact]
    public async Task A_sweep_may_train_as_long_as_it_tests_and_steps_of_numbers_need_not_be_whole()
    {
        var (spec, errors) = await ReadAsync(_cross with
        {
            Strategy = "bollinger_breakout",
            Sweep = new([new("width", 0.5, 1, 0.1), new("period", 5, 10, 2)], TrainToTest: 1),
        });

        Assert.Null(errors);
        Assert.Equal((6, 3), (spec!.Sweep!.Axes[0].Count, spec.Sweep.Axes[1].Count));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("2026-11-22")]
    [InlineData("2026-11-22T23:00:00Z")]
    [InlineData("2030-01-01")]
    public async Task Bars_that_have_not_closed_are_left_out(string? to)
    {
        Move(new DateTime(2026, 11, 22, 0, 51, 0, DateTimeKind.Utc));

        var (spec, _) = await ReadAsync(_cross with { From = "2026-01-01", To = to });

        Assert.Equal(new DateTime(2026, 11, 22, 0, 50, 50, DateTimeKind.Utc), spec!.To);
    }

    [Fact]
    public async Task A_range_that_is_over_is_taken_as_it_is_and_five_years_go_back_from_its_end()
    {
        Move(new DateTime(2026, 11, 22, 0, 51, 0, DateTimeKind.Utc));

        var (past, _) = await ReadAsync(_cross with { To = "2023-01-31" });
        var (open, _) = await ReadAsync(_cross);
        var (_, later) = await ReadAsync(_cross with { From = "2026-11-23", To = "2026-12-01" });

        Assert.Equal(new DateTime(2023, 2, 1, 0, 0, 0, DateTimeKind.Utc), past!.To);
        Assert.Equal(new DateTime(2018, 1, 31, 0, 0, 0, DateTimeKind.Utc), past.From.Date);
        Assert.Equal(new DateTime(2021, 11, 22, 0, 0, 0, DateTimeKind.Utc), open!.From.Date);
        Assert.Equal(["from"], later!.Keys);
    }

    [Theory]
    [InlineData("BTC/USDT", "btcusdt")]
    [InlineData("BTC/USDT", "BTC-USDT")]
    [InlineData("BTC/USDT", "BTC/USD")]
    [InlineData("BTC/USDT", "BTCUSD")]
    [InlineData("BTC-USD", "BTC/USDT")]
    [InlineData("BTC-USD", "btcusd")]
    [InlineData("BTCUSDT", "btc/usdt")]
    [InlineData("BTCUSD", "BTC-USDT")]
    public async Task A_pair_is_found_however_it_is_written(string stored, string asked)
    {
        var (spec, errors) = await ReadAsync(_cross with { Instruments = [asked] }, stored);

        Assert.Null(errors);
        Assert.Equal(stored, Assert.Single(spec!.Instruments).Ticker);
    }

    [Fact]
    public async Task What_is_called_just_so_comes_before_what_is_written_otherwise()
    {
        var (spec, _) = await ReadAsync(
            _cross with { Instruments = ["btc/usd", "btcusdt", "USD"] }, "BTC/USDT", "BTC/USD", "BTCUSDT", "USD");

        Assert.Equal(["BTC/USD", "BTCUSDT", "USD"], spec!.Instruments.Select(instrument => instrument.Ticker));
    }

    [Fact]
    public async Task An_unknown_pair_is_told_how_to_be_imported_and_an_unknown_share_is_not()
    {
        var (_, pair) = await ReadAsync(_cross with { Instruments = ["ETHUSDT"] });
        var (_, share) = await ReadAsync(_cross with { Instruments = ["NOPE"] });

        Assert.Contains("import FILE --ticker ETHUSDT", pair!["instruments"].Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("import", share!["instruments"].Single(), StringComparison.Ordinal);
    }

    private void Move(DateTime now) => _time.Advance(now - _time.GetUtcNow().UtcDateTime);

    private async Task<(BacktestSpec? Spec, IReadOnlyDictionary<string, string[]>? Errors)> ReadAsync(
        BacktestRequest request, params string[] tickers)
    {
        Instrument[] known =
        [
            .. (tickers is [] ? ["BTC/USDT"] : tickers).Select((ticker, id) =>
                new Instrument(id, ticker, ticker, "ZZ", null, "USD", "CRYPTO", false)),
        ];
        using var directory = new InstrumentDirectory(
            _ => Task.FromResult<IReadOnlyList<Instrument>>(known),
            new QuoteBoard(),
            _time,
            NullLogger<InstrumentDirectory>.Instance);
        var reading = new BacktestReading(
            directory, new StrategyFinder(null!), Options.Create(new BacktestOptions()), _time);
        var (problem, spec, _) = await reading.ReadAsync(Guid.Empty, request, 500, Cancellation);
        return (spec, problem?.Errors);
    }
}

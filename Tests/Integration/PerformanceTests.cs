using System.Globalization;
using Npgsql;
using Trading.Contracts;
using Trading.Data.Performance;
using Trading.Tests.Worker;

namespace Trading.Tests.Integration;

/// <summary>The read model of the latest performance.</summary>
[Collection(SystemTests.Name)]
public sealed class PerformanceTests(TradingSystem system) : IAsyncLifetime
{
    private static readonly PerformanceQuery _all = new(null, null, PerformanceOrder.Ticker, null, 100);
    private ScratchDatabase? _database;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ScratchDatabase Database => _database!;

    private PerformanceStore Store => new(Database.Source);

    public async ValueTask InitializeAsync() => _database = await ScratchDatabase.CreateAsync(system);

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    [Fact]
    public async Task The_newest_session_is_compared_with_the_one_before_and_20_make_a_mean()
    {
        // Closes 101 to 125 and volumes 1001 to 1025: the last 20 are 106 to 125, of mean 115.5.
        await Database.ImportAsync([.. Days("AAA", 25, day => 100 + day)]);
        await Database.ImportAsync([.. Days("BBB", 19, day => 50 - day)]);
        await Database.ImportAsync([.. Days("CCC", 1, _ => 7)]);

        await RefreshAsync();

        var found = await Store.ReadAsync(_all, Cancellation);
        Assert.Equal(["AAA", "BBB", "CCC"], found.Select(one => one.Ticker));
        Assert.Equal((125, 124d, 115.5, 1015.5), (found[0].Close, found[0].PreviousClose, found[0].MeanClose, found[0].MeanVolume));
        Assert.Equal((31, 32d, null, null), (found[1].Close, found[1].PreviousClose, found[1].MeanClose, found[1].MeanVolume));
        Assert.Equal((7, null), (found[2].Close, found[2].PreviousClose));
        Assert.Equal(
            ["AAA", "BBB"],
            (await Store.ReadAsync(_all with { Order = PerformanceOrder.Gainers }, Cancellation)).Select(one => one.Ticker));
        Assert.Equal(
            ["BBB", "AAA"],
            (await Store.ReadAsync(_all with { Order = PerformanceOrder.Losers }, Cancellation)).Select(one => one.Ticker));
        Assert.Equal(
            ["BBB"],
            (await Store.ReadAsync(_all with { After = "AAA", Limit = 1 }, Cancellation)).Select(one => one.Ticker));
    }

    [Fact]
    public async Task A_split_is_no_fall()
    {
        // 4 for 1 on the 20th of 20 sessions, in prices as traded, and in a file that is adjusted already.
        await Database.ImportAsync([.. Days("RAW", 19, _ => 400), .. Days("ADJ", 20, _ => 100)]);
        var split = Session(20);
        await Database.ExecuteAsync(
            $"INSERT INTO corporate_actions (instrument_id, ex_date, kind, value) SELECT id, '{split}', 1, 4 FROM instruments");
        await Database.ImportAsync($"RAW,{split},100,103,99,102,4000");

        await RefreshAsync();

        var found = (await Store.ReadAsync(_all, Cancellation)).ToDictionary(one => one.Ticker);
        Assert.Equal((102, 100d), (found["RAW"].Close, found["RAW"].PreviousClose));
        Assert.Equal(100.1, found["RAW"].MeanClose!.Value, 9);
        Assert.Equal((100, 100d, 100d), (found["ADJ"].Close, found["ADJ"].PreviousClose, found["ADJ"].MeanClose));
    }

    [Fact]
    public async Task It_is_computed_anew_beside_those_who_read_it_and_only_when_bars_have_changed()
    {
        await Database.ImportAsync([.. Days("AAA", 2, day => 100 + day)]);
        await RefreshAsync();
        await using var connection = await Database.Source.OpenConnectionAsync(Cancellation);
        await using var reading = await connection.BeginTransactionAsync(Cancellation);
        await using var read = new NpgsqlCommand("SELECT close FROM instrument_performance", connection);
        Assert.Equal(102d, await read.ExecuteScalarAsync(Cancellation));

        await Database.ImportAsync($"AAA,{Session(3)},100,120,90,110,7");
        await RefreshAsync();

        Assert.Equal(110, Assert.Single(await Store.ReadAsync(_all, Cancellation)).Close);
        await reading.CommitAsync(Cancellation);
        await Eventually.IsTrueAsync(
            async () => !await Store.RefreshAsync(Cancellation), "nothing has changed any more");
    }

    [Fact]
    public async Task The_API_shows_every_instrument_by_pages_and_who_rose_most()
    {
        var admin = await system.SignInAsync(Cancellation, Roles.Admin);
        using var http = admin.Http;
        var page = await Eventually.ReturnsAsync(
            async () =>
            {
                var found = await system.Api.ListPerformanceAsync(new PerformanceSearch { Limit = 2 }, Cancellation);
                return found.Items.Count == 2 ? found : null;
            },
            "the view is computed");
        var next = await system.Api.ListPerformanceAsync(
            new PerformanceSearch { Limit = 2, Cursor = page.NextCursor }, Cancellation);
        var gainers = await system.Api.ListPerformanceAsync(new PerformanceSearch { Order = "gainers" }, Cancellation);

        string[] tickers = [.. page.Items.Concat(next.Items).Select(one => one.Ticker)];
        Assert.Equal(tickers.Order(StringComparer.Ordinal).Distinct(), tickers);
        Assert.All(page.Items, one => Assert.Equal((one.Close / one.PreviousClose!.Value * 100) - 100, one.ChangePercent!.Value, 9));
        var changes = gainers.Items.Select(one => one.ChangePercent!.Value).ToArray();
        Assert.True(changes.Length > 4, "There are several.");
        Assert.Equal(changes.OrderDescending(), changes);
        var wrong = await Assert.ThrowsAsync<TradingApiException>(
            () => system.Api.ListPerformanceAsync(new PerformanceSearch { Order = "best" }, Cancellation));
        Assert.Equal(ErrorCodes.InvalidParameter, wrong.Code);
    }

    // PostgreSQL counts changes a moment after they are committed.
    private Task RefreshAsync() => Eventually.IsTrueAsync(() => Store.RefreshAsync(Cancellation), "a change is seen");

    private static IEnumerable<string> Days(string ticker, int count, Func<int, int> close) =>
        Enumerable.Range(1, count).Select(day => string.Create(
            CultureInfo.InvariantCulture,
            $"{ticker},{Session(day)},{close(day)},{close(day) + 1},{close(day) - 1},{close(day)},{1000 + day}"));

    private static string Session(int number)
    {
        var day = new DateOnly(2024, 1, 1);
        for (var left = number; left > 0;)
        {
            day = day.AddDays(1);
            left -= day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0 : 1;
        }

        return day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}

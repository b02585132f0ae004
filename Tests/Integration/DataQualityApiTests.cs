using Trading.ApiService.Quality;
using Trading.ApiService.Quotes;
using Trading.Contracts;
using Trading.Data.Bars;
using Trading.Data.CorporateActions;
using Trading.Data.Import;
using Trading.Domain.Calendars;
using Trading.Domain.Market;
using Trading.Tests.Unit.Api;
using Trading.Tests.Worker;

namespace Trading.Tests.Integration;

[Collection(SystemTests.Name)]
public sealed class DataQualityApiTests(TradingSystem system)
{
    private static readonly Exchange NewYork = Exchange.All.Single(exchange => exchange.Code == "XNYS");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_report_tells_of_holes_sources_and_how_far_behind_the_bars_are()
    {
        await using var database = await ScratchDatabase.CreateAsync(system);
        await database.ImportAsync(
            [.. Sessions().Where((_, place) => place is not (10 or 11)).Select(date => $"HOLES,{date:yyyy-MM-dd},10,11,9,10,100")]);
        var reports = new QualityReports(
            database.Bars, new ActionStore(database.Source), new RejectionStore(database.Source), Clock());

        var report = await reports.MakeAsync(await database.InstrumentAsync("HOLES"), null, null, Cancellation);

        Assert.Equal((28, 30), (report.Bars, report.Sessions));
        Assert.Equal(28.0 / 30, report.Completeness!.Value, 12);
        Assert.Equal((new DateOnly(2026, 1, 2), new(2026, 2, 13)), (report.FirstSession!.Value, report.LastSession!.Value));
        // The 16th is a Monday without a session: Washington's birthday.
        Assert.Equal((new DateOnly(2026, 2, 18), 2), (report.ExpectedSession, report.SessionsBehind!.Value));
        Assert.Equal(28, report.Sources["imported"]);
        // Friday, and Tuesday after a Monday without a session.
        var hole = Assert.Single(report.Findings);
        Assert.Equal(
            ("missing_sessions", new DateOnly(2026, 1, 16), new DateOnly(2026, 1, 20), 2),
            (hole.Kind, hole.First, hole.Last, hole.Sessions));
    }

    [Fact]
    public async Task Validation_counts_what_is_fresh_late_and_missing()
    {
        await using var database = await ScratchDatabase.CreateAsync(system);
        await database.ImportAsync(
            "LATE,2026-02-13,10,11,9,10,100", "FRESH,2026-02-18,10,11,9,10,100", "OTHER,2026-02-18,10,11,9,10,100");
        await database.ExecuteAsync(
            """
            INSERT INTO instruments (ticker, name, country, currency, exchange, synthetic)
            VALUES ('EMPTY', 'EMPTY', 'US', 'USD', 'XNYS', false), ('SWISS', 'SWISS', 'CH', 'CHF', 'XSWX', false)
            """);
        var validation = new InstrumentValidation(
            database.Instruments.AllAsync, new SessionRangeStore(database.Source), new QuoteBoard(), Clock());

        var found = await validation.RunAsync("US", Cancellation);

        Assert.Equal((4, 2, 1, 1), (found.Checked, found.Fresh, found.Late, found.Missing));
        Assert.Equal(
            [("EMPTY", "missing", null), ("FRESH", "fresh", 0), ("LATE", "late", 2), ("OTHER", "fresh", (int?)0)],
            found.Instruments.Select(one => (one.Ticker, one.Status, one.SessionsBehind)));
        Assert.Equal(5, (await validation.RunAsync(null, Cancellation)).Checked);
    }

    [Fact]
    public async Task The_report_and_the_validation_of_the_running_system_are_served()
    {
        var ticker = await system.AnyTickerAsync(Cancellation);

        var report = await system.Api.GetQualityAsync(ticker, cancellationToken: Cancellation);
        var all = await system.Api.ValidateInstrumentsAsync(cancellationToken: Cancellation);

        Assert.True(report.Bars > 0 && report.Sessions > 0 && report.Completeness is > 0.9 and <= 1);
        Assert.Equal("fresh", Assert.Single(all.Instruments, one => one.Ticker == ticker).Status);
    }

    [Fact]
    public async Task A_batch_of_bars_is_the_bars_of_each_however_small_its_pages()
    {
        string[] tickers = [await AddAsync(hole: 3), await AddAsync(hole: null), await AddAsync(hole: 7)];
        var single = new Dictionary<string, List<BarResponse>>();
        foreach (var ticker in tickers)
        {
            single[ticker] = await system.Api.GetBarsAsync(ticker, new BarQuery { To = "2026-02-13" }, Cancellation)
                .ToListAsync(Cancellation);
        }

        var paged = tickers.ToDictionary(ticker => ticker, _ => new List<BarResponse>());
        var query = new BarQuery { To = "2026-02-13", Limit = 29 };
        for (var pages = 0; query is not null; pages++)
        {
            Assert.True(pages < 10, "The pages end.");
            var page = await system.Api.GetBarBatchAsync(tickers, query, Cancellation);
            Assert.True(page.Bars.Sum(bars => bars.Value.Count) <= 29, "No page is too long.");
            foreach (var (ticker, bars) in page.Bars)
            {
                paged[ticker].AddRange(bars);
            }

            query = page.NextCursor is { } next ? query with { Cursor = next } : null;
        }

        Assert.Equal(single, paged);
    }

    /// <summary>18 February 2026, four hours after New York's close.</summary>
    private static ManualTime Clock()
    {
        var clock = new ManualTime();
        clock.Advance(new DateTimeOffset(2026, 2, 19, 1, 0, 0, TimeSpan.Zero) - clock.GetUtcNow());
        return clock;
    }

    private static DateOnly[] Sessions() =>
        TradingCalendar.Of(NewYork).Sessions(new DateOnly(2026, 1, 2), new DateOnly(2026, 12, 31))[..30].ToArray();

    /// <summary>30 sessions of 2026, perhaps without one of them.</summary>
    private async Task<string> AddAsync(int? hole)
    {
        var ticker = $"DQ{Guid.NewGuid().ToString("n")[..10].ToUpperInvariant()}";
        var kept = Sessions().Where((_, place) => place != hole).ToArray();
        await using var insert = system.Database.CreateCommand(
            """
            WITH added AS (
                INSERT INTO instruments (ticker, name, country, currency, exchange, synthetic)
                VALUES ($1, $1, 'US', 'USD', 'XNYS', false) RETURNING id
            )
            INSERT INTO daily_bars (instrument_id, time, open, high, low, close, volume, source)
            SELECT id, bar.time, bar.price, bar.price, bar.price, bar.price, 1000, 1
            FROM added, unnest($2, $3) AS bar (time, price)
            """);
        insert.Parameters.Add(new() { Value = ticker });
        insert.Parameters.Add(new() { Value = kept.Select(TradingCalendar.Of(NewYork).CloseOf).ToArray() });
        insert.Parameters.Add(new() { Value = kept.Select(date => (double)date.Day).ToArray() });
        await insert.ExecuteNonQueryAsync(Cancellation);
        return ticker;
    }
}

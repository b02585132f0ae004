using Npgsql;
using Trading.Data.Bars;
using Trading.Data.Signals;
using Trading.Domain.Calendars;
using Trading.Domain.Market;
using Trading.Tests.Worker;

namespace Trading.Tests.Integration;

/// <summary>Signals over the invented market's days, in a database of the test's own.</summary>
[Collection(SystemTests.Name)]
public sealed class SignalRunTests(TradingSystem system)
{
    private const int Companies = 12;

    // A weekday after the close of every exchange.
    private static readonly DateTime End = new(2024, 6, 28, 23, 0, 0, DateTimeKind.Utc);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_signal_has_one_beginning_and_at_most_one_end()
    {
        await using var database = await SeededAsync();

        var result = await RunAsync(database, End);

        Assert.Equal(Companies, result.Instruments);
        Assert.True(result.Backfilled > 500, $"{result.Backfilled} signals are too few.");
        Assert.Equal(0, await CountAsync(
            database, "SELECT count(*) FROM signals WHERE (state = 0) <> (resolved_at IS NULL)"));
        Assert.Equal(0, await CountAsync(
            database,
            """
            SELECT count(*) FROM signals LEFT JOIN (
                SELECT signal_id, count(*) FILTER (WHERE state = 0) AS begun, count(*) FILTER (WHERE state <> 0) AS ended
                FROM signal_history GROUP BY signal_id) AS history ON signal_id = id
            WHERE begun IS DISTINCT FROM 1 OR ended IS DISTINCT FROM (CASE WHEN state = 0 THEN 0 ELSE 1 END)
            """));
        Assert.True(await CountAsync(database, "SELECT count(*) FROM anomalies") > 0);
    }

    [Fact]
    public async Task Followed_day_by_day_the_same_signals_come_as_at_once()
    {
        await using var atOnce = await SeededAsync();
        await using var daily = await SeededAsync();
        await RunAsync(atOnce, End);

        await RunAsync(daily, End.AddDays(-60));
        for (var day = -59; day <= 0; day++)
        {
            await RunAsync(daily, End.AddDays(day));
        }

        var expected = await SignalsAsync(atOnce);
        Assert.Equal(expected, await SignalsAsync(daily));
        Assert.True(
            await CountAsync(daily, $"SELECT count(*) FROM signals WHERE time > '{End.AddDays(-60):O}'") > 20);
        Assert.Equal(
            await CountAsync(atOnce, "SELECT count(*) FROM anomalies"),
            await CountAsync(daily, "SELECT count(*) FROM anomalies"));
    }

    [Fact]
    public async Task Two_workers_that_race_store_each_signal_and_each_end_exactly_once()
    {
        await using var alone = await SeededAsync();
        await using var raced = await SeededAsync();
        await RunAsync(alone, End);

        foreach (var until in new[] { End.AddDays(-200), End.AddDays(-3), End.AddDays(-2), End.AddDays(-1), End })
        {
            var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => RunAsync(raced, until)));
            Assert.InRange(results.Sum(result => result.Instruments), 0, Companies);
        }

        Assert.Equal(await SignalsAsync(alone), await SignalsAsync(raced));
        Assert.Equal(
            await CountAsync(alone, "SELECT count(*) FROM signal_history"),
            await CountAsync(raced, "SELECT count(*) FROM signal_history"));
    }

    [Fact]
    public async Task A_run_without_new_bars_changes_nothing()
    {
        await using var database = await SeededAsync();
        await RunAsync(database, End);
        var before = await SignalsAsync(database);

        var again = await RunAsync(database, End);

        Assert.Equal(0, again.Instruments);
        Assert.Equal(before, await SignalsAsync(database));
    }

    [Fact]
    public async Task An_instrument_has_at_most_one_active_signal_of_an_interval()
    {
        await using var database = await SeededAsync();
        await RunAsync(database, End);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => database.ExecuteAsync(
            """
            UPDATE signals SET state = 0 WHERE id = (
                SELECT done.id FROM signals AS done JOIN signals AS active USING (instrument_id)
                WHERE done.state <> 0 AND active.state = 0 LIMIT 1)
            """));

        Assert.Equal("ux_signals_active", refused.ConstraintName);
    }

    [Theory]
    [InlineData("UPDATE signal_history SET reason = 'nothing'")]
    [InlineData("DELETE FROM signal_history")]
    [InlineData("TRUNCATE signal_history")]
    public async Task The_history_of_signals_is_append_only(string change)
    {
        await using var database = await SeededAsync();
        await RunAsync(database, End);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => database.ExecuteAsync(change));

        Assert.Contains("append-only", refused.MessageText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_corrected_bar_withdraws_the_signal_that_was_made_of_it()
    {
        await using var database = await SeededAsync();
        await RunAsync(database, End.AddDays(-1));
        await database.ExecuteAsync(
            """
            UPDATE daily_bars SET close = close * 1.4, high = high * 1.4 FROM signals
            WHERE signals.state = 0 AND signals.instrument_id = daily_bars.instrument_id
                AND signals.time = daily_bars.time
            """);
        var active = await CountAsync(database, "SELECT count(*) FROM signals WHERE state = 0");

        await RunAsync(database, End);

        Assert.True(active > 0);
        Assert.Equal(active, await CountAsync(
            database, "SELECT count(*) FROM signals WHERE state = 4 AND reason = 'prices corrected' AND r IS NULL"));
    }

    [Fact]
    public async Task What_is_made_of_a_bar_that_has_just_closed_is_news_and_the_past_is_none()
    {
        await using var database = await SeededAsync();
        var past = await RunAsync(database, End.AddDays(-10));
        var news = new List<SignalNews>();
        var live = 0;
        for (var day = -9; day <= 0; day++)
        {
            // The clock stands a few seconds after the closes of London, of which there are some.
            var closed = End.Date.AddDays(day).AddHours(15.5).AddSeconds(10);
            var result = await RunAsync(database, closed, closed);
            news.AddRange(result.News);
            live += result.Generated;
        }

        Assert.Empty(past.News);
        Assert.Equal(0, past.Generated);
        Assert.True(live > 0);
        Assert.Equal(live, news.Count(one => one.Type == SignalNews.Created));
        Assert.Equal(live, await CountAsync(
            database, "SELECT count(*) FROM signals WHERE NOT backfilled AND latency_ms >= 0"));
        Assert.Equal(0, await CountAsync(
            database, "SELECT count(*) FROM signals WHERE backfilled AND latency_ms IS NOT NULL"));
    }

    [Fact]
    public async Task Confidence_is_calibrated_only_on_what_had_resolved_before()
    {
        await using var database = await SeededAsync();
        await RunAsync(database, End);

        var first = await DateAsync(database, "SELECT min(time) FROM signals WHERE calibrated");

        Assert.InRange(
            await CountAsync(database, $"SELECT count(*) FROM signals WHERE resolved_at <= '{first:O}'"), 500, 620);
        Assert.Equal(0, await CountAsync(
            database, $"SELECT count(*) FROM signals WHERE NOT calibrated AND time > '{first:O}'"));
        Assert.Equal(0, await CountAsync(
            database, "SELECT count(*) FROM signals WHERE NOT calibrated AND confidence <> raw_score"));
        Assert.True(await CountAsync(database, "SELECT count(*) FROM signal_calibration") == 1);
    }

    [Fact]
    public async Task A_split_changes_no_signal_and_no_result_in_r()
    {
        await using var whole = await SeededAsync();
        await using var split = await SeededAsync();
        var exDate = DateOnly.FromDateTime(End.AddDays(-20));
        await RunAsync(whole, End);

        // As exchanges record it: prices before the date in old units, four times as dear, and a dated action.
        await split.ExecuteAsync(
            $"""
            UPDATE daily_bars SET open = open * 4, high = high * 4, low = low * 4, close = close * 4, volume = volume / 4
            WHERE time < '{exDate:yyyy-MM-dd}'
            """);
        await RunAsync(split, End.AddDays(-30));
        await split.ExecuteAsync(
            $"""
            INSERT INTO corporate_actions (instrument_id, ex_date, kind, value)
            SELECT id, '{exDate:yyyy-MM-dd}', {(short)CorporateActionKind.Split}, 4 FROM instruments
            """);
        for (var day = -29; day <= 0; day++)
        {
            await RunAsync(split, End.AddDays(day));
        }

        var carried = await CountAsync(
            split, $"SELECT count(*) FROM signals WHERE time < '{exDate:O}' AND resolved_at > '{exDate:O}'");
        Assert.True(carried > 0, "No signal was active over the split.");
        Assert.Equal(await SignalsAsync(whole), await SignalsAsync(split));
        Assert.Equal(0, await CountAsync(split, "SELECT count(*) FROM signals WHERE reason = 'prices corrected'"));
        Assert.Equal(0, await CountAsync(
            split,
            $"""
            SELECT count(*) FROM signals
            WHERE time < '{exDate:O}' AND resolved_at > '{exDate:O}' AND exit_price NOT BETWEEN entry / 2 AND entry * 2
            """));
    }

    [Fact]
    public async Task Bars_missed_for_years_make_the_signals_that_they_make_at_once()
    {
        await using var atOnce = await SeededAsync();
        await using var missed = await SeededAsync();
        await RunAsync(atOnce, End);

        await RunAsync(missed, End.AddYears(-3));
        await RunAsync(missed, End);

        Assert.Equal(await SignalsAsync(atOnce), await SignalsAsync(missed));
        Assert.Equal(0, await CountAsync(missed, "SELECT count(*) FROM signals WHERE reason = 'prices corrected'"));
    }

    [Fact]
    public async Task A_signal_of_an_instrument_that_gets_no_more_bars_expires_once()
    {
        await using var database = await SeededAsync();
        await using var atOnce = await SeededAsync();
        var last = End.AddDays(-60);
        await RunAsync(database, last);
        var silent = await CountAsync(
            database, "SELECT instrument_id::bigint FROM signals WHERE state = 0 ORDER BY instrument_id LIMIT 1");
        var end = $"DELETE FROM daily_bars WHERE instrument_id = {silent} AND time > '{last:O}'";
        await database.ExecuteAsync(end);
        await atOnce.ExecuteAsync(end);
        var active = $"SELECT count(*) FROM signals WHERE state = 0 AND instrument_id = {silent}";

        // Five sessions are waited for, after the one of its expiry.
        var expires = await DateAsync(
            database, $"SELECT expires_at FROM signals WHERE state = 0 AND instrument_id = {silent}");
        var lapses = TradingCalendar.Of(Exchange.All.Single(exchange => exchange.Code == "XLON")) is var london
            ? london.CloseOf(london.Add(london.DateAt(expires), 5)) : default;
        await RunAsync(database, lapses);
        Assert.Equal(1, await CountAsync(database, active));
        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => RunAsync(database, lapses.AddSeconds(1))));

        Assert.Equal(1, results.Sum(result => result.Resolved.Values.Sum()));
        Assert.Equal(0, await CountAsync(database, active));
        Assert.Equal(1, await CountAsync(
            database,
            $"""
            SELECT count(*) FROM signal_history AS history JOIN signals ON signal_id = signals.id
            JOIN daily_bars AS bar ON bar.instrument_id = signals.instrument_id AND bar.time <= '{last:O}'
            WHERE signals.instrument_id = {silent} AND history.state = 3 AND signals.state = 3
                AND history.reason = 'no bars until its time was over' AND history.time = '{lapses:O}'
                AND history.price = bar.close AND exit_price = bar.close
                AND abs(r - (direction * (bar.close - fill_price) - 0.0005 * (bar.close + fill_price))
                    / abs(entry - stop)) < 1e-9
                AND bar.time = (SELECT max(time) FROM daily_bars WHERE instrument_id = {silent})
            """));
        await RunAsync(database, End);
        await RunAsync(atOnce, End);
        Assert.Equal(await SignalsAsync(atOnce), await SignalsAsync(database));
        Assert.Equal(0, (await RunAsync(database, End)).Instruments);
    }

    private static async Task<SignalRunResult> RunAsync(
        ScratchDatabase database, DateTime until, DateTime? now = null)
    {
        var run = new SignalRun(database.Source, new FixedTime(now ?? End));
        var result = await run.RunAsync(BarInterval.OneDay, null, until, Cancellation);
        await run.RefitAsync(BarInterval.OneDay, Cancellation);
        return result;
    }

    private static async Task<long> CountAsync(ScratchDatabase database, string sql)
    {
        await using var command = database.Source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    private static async Task<DateTime> DateAsync(ScratchDatabase database, string sql)
    {
        await using var command = database.Source.CreateCommand(sql);
        return (DateTime)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    private static async Task<List<(int, DateTime, short, short, DateTime?, double?)>> SignalsAsync(ScratchDatabase database)
    {
        await using var command = database.Source.CreateCommand(
            "SELECT instrument_id, time, direction, state, resolved_at, r FROM signals ORDER BY instrument_id, time");
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        var signals = new List<(int, DateTime, short, short, DateTime?, double?)>();
        while (await reader.ReadAsync(Cancellation))
        {
            signals.Add((
                reader.GetInt32(0), reader.GetDateTime(1), reader.GetInt16(2), reader.GetInt16(3),
                await reader.IsDBNullAsync(4, Cancellation) ? null : reader.GetDateTime(4),
                await reader.IsDBNullAsync(5, Cancellation) ? null : Math.Round(reader.GetDouble(5), 6)));
        }

        return signals;
    }

    /// <summary>Four years of days of companies in London.</summary>
    private async Task<ScratchDatabase> SeededAsync()
    {
        var database = await ScratchDatabase.CreateAsync(system);
        var market = new SyntheticMarket(1, DateOnly.FromDateTime(End));
        var bars = new List<InstrumentBar>();
        foreach (var company in SyntheticCompanies.All.Where(company => company.Exchange.Code == "XLON").Take(Companies))
        {
            await using var insert = database.Source.CreateCommand(
                """
                INSERT INTO instruments (ticker, name, country, currency, exchange, synthetic)
                VALUES ($1, $1, 'GB', 'GBP', 'XLON', true) RETURNING id
                """);
            insert.Parameters.Add(new() { Value = company.Ticker });
            var id = (int)(await insert.ExecuteScalarAsync(Cancellation))!;
            bars.AddRange(market.Bars(company, DateOnly.FromDateTime(End).AddYears(-4))
                .Select(bar => new InstrumentBar(id, bar, BarSource.Simulated)));
        }

        await database.Bars.UpsertAsync(BarInterval.OneDay, bars, Cancellation);
        return database;
    }

    private sealed class FixedTime(DateTime now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}

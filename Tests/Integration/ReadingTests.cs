using System.Net;
using Trading.Contracts;

namespace Trading.Tests.Integration;

[Collection(SystemTests.Name)]
public sealed class ReadingTests(TradingSystem system)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_cursor_walk_while_rows_are_inserted_returns_each_earlier_row_exactly_once()
    {
        var ticker = await system.AnyTickerAsync(Cancellation);
        var query = new BarQuery { Interval = "1d", Limit = 50 };
        var before = await ReadAllAsync(ticker, query with { Limit = 10_000 });
        Assert.True(before.Count > 200, $"{before.Count} bars are too few to walk over.");

        var walked = new List<BarResponse>();
        string? cursor = null;
        for (var page = 0; ; page++)
        {
            var read = await system.Api.GetBarsPageAsync(ticker, query with { Cursor = cursor }, Cancellation);
            walked.AddRange(read.Items);
            // One row before and one after where the walk is.
            await InsertAsync(ticker, before[0].Time.AddDays(-1 - page));
            await InsertAsync(ticker, before[^1].Time.AddDays(1 + page));
            if ((cursor = read.NextCursor) is null || page > before.Count)
            {
                break;
            }
        }

        var earlier = before.Select(bar => bar.Time).ToHashSet();
        Assert.Equal(before.Select(bar => bar.Time), walked.Select(bar => bar.Time).Where(earlier.Contains));
    }

    [Fact]
    public async Task A_tampered_cursor_is_400()
    {
        var page = await system.Api.SearchInstrumentsAsync(new InstrumentQuery { Limit = 5 }, Cancellation);
        var cursor = page.NextCursor!.ToCharArray();
        cursor[^2] = cursor[^2] == 'A' ? 'B' : 'A';

        var refused = await Assert.ThrowsAsync<TradingApiException>(() => system.Api.SearchInstrumentsAsync(
            new InstrumentQuery { Limit = 5, Cursor = new string(cursor) }, Cancellation));

        Assert.Equal((HttpStatusCode.BadRequest, ErrorCodes.InvalidCursor), (refused.Status, refused.Code));
    }

    [Fact]
    public async Task A_client_that_disconnects_cancels_its_query_within_1_s()
    {
        var ticker = await system.AnyTickerAsync(Cancellation);
        await using var locking = await system.Database.OpenConnectionAsync(Cancellation);
        await using var transaction = await locking.BeginTransactionAsync(Cancellation);
        await using var command = new Npgsql.NpgsqlCommand(
            "LOCK TABLE daily_bars IN ACCESS EXCLUSIVE MODE", locking, transaction);
        await command.ExecuteNonQueryAsync(Cancellation);
        using var leaving = new CancellationTokenSource();

        var path = new Uri($"/api/v1/bars/{Uri.EscapeDataString(ticker)}", UriKind.Relative);
        var asked = system.Http.GetAsync(path, leaving.Token);
        await Eventually.IsTrueAsync(async () => await WaitingAsync() > 0, "the query waits for the table");
        await leaving.CancelAsync();

        await Eventually.IsTrueAsync(
            async () => await WaitingAsync() == 0, "the query is cancelled", TimeSpan.FromSeconds(1));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
    }

    [Fact]
    public async Task Bars_are_exported_as_the_API_gives_them()
    {
        var ticker = await system.AnyTickerAsync(Cancellation);
        var page = await system.Api.GetBarsPageAsync(ticker, new BarQuery { Interval = "1d", Limit = 3 }, Cancellation);

        var text = await system.Http.GetStringAsync(
            new Uri($"/api/v1/bars/{Uri.EscapeDataString(ticker)}/export", UriKind.Relative), Cancellation);

        var lines = text.Split("\r\n");
        var first = lines[1].Split(',');
        Assert.Equal("ticker,time,open,high,low,close,volume,synthetic", lines[0]);
        Assert.Equal(ticker, first[0]);
        Assert.Equal(page.Items[0].Close, double.Parse(first[5], System.Globalization.CultureInfo.InvariantCulture));
        Assert.StartsWith($"{ticker},{page.Items[2].Time:yyyy-MM-dd}", lines[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_an_instrument_already_is_told_so()
    {
        var path = new Uri("/api/v1/instruments?limit=5", UriKind.Relative);
        using var first = await system.Http.GetAsync(path, Cancellation);
        using var again = new HttpRequestMessage(HttpMethod.Get, path);
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var answer = await system.Http.SendAsync(again, Cancellation);

        Assert.Equal(HttpStatusCode.NotModified, answer.StatusCode);
        Assert.True(first.Headers.CacheControl!.Public);
    }

    private async Task<List<BarResponse>> ReadAllAsync(string ticker, BarQuery query)
    {
        var bars = new List<BarResponse>();
        await foreach (var bar in system.Api.GetBarsAsync(ticker, query, Cancellation))
        {
            bars.Add(bar);
        }

        return bars;
    }

    private async Task InsertAsync(string ticker, DateTime time)
    {
        await using var command = system.Database.CreateCommand(
            """
            INSERT INTO daily_bars (instrument_id, time, open, high, low, close, volume, source)
            SELECT instrument_id, $2, open, high, low, close, volume, daily_bars.source
            FROM daily_bars JOIN instruments ON instruments.id = instrument_id
            WHERE ticker = $1 LIMIT 1
            ON CONFLICT DO NOTHING
            """);
        command.Parameters.AddWithValue(ticker);
        command.Parameters.AddWithValue(time);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    private async Task<long> WaitingAsync()
    {
        await using var command = system.Database.CreateCommand(
            """
            SELECT count(*) FROM pg_stat_activity
            WHERE wait_event_type = 'Lock' AND query LIKE '%FROM daily_bars%WHERE instrument_id = $1%'
            """);
        return (long)(await command.ExecuteScalarAsync(Cancellation))!;
    }
}

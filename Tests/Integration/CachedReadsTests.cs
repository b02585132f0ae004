using System.Net.Http.Json;
using System.Text.Json;
using StackExchange.Redis;
using Trading.Contracts;

namespace Trading.Tests.Integration;

/// <summary>What the API caches, and how soon it knows better.</summary>
[Collection(SystemTests.Name)]
public sealed class CachedReadsTests(TradingSystem system)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_list_is_cached_until_someone_changes_the_table_whoever_it_is()
    {
        var name = $"Cached {Guid.NewGuid():n}";
        var path = $"/api/v1/instruments?search={Uri.EscapeDataString(name)}";
        Assert.Empty((await ListAsync(path)).Tickers);

        await ExecuteAsync(
            """
            INSERT INTO instruments (ticker, name, country, currency, exchange, synthetic)
            VALUES ('CACHED.T', $1, 'US', 'USD', 'XNYS', true)
            """,
            name);

        await Eventually.IsTrueAsync(
            async () => (await ListAsync(path)).Tickers is ["CACHED.T"], "the new one is listed", TimeSpan.FromSeconds(5));
        await Eventually.IsTrueAsync(async () => (await ListAsync(path)).Cache is "memory" or "redis", "it is cached again");
        await ExecuteAsync("DELETE FROM instruments WHERE name = $1", name);
        await Eventually.IsTrueAsync(
            async () => (await ListAsync(path)).Tickers is [], "it is gone from the list", TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task After_FLUSHALL_200_requests_at_a_time_for_one_page_make_one_query()
    {
        var admin = await system.SignInAsync(Cancellation, Roles.Admin);
        using var http = admin.Http;
        var ticker = await system.AnyTickerAsync(Cancellation);
        var path = $"/api/v1/bars/{Uri.EscapeDataString(ticker)}?to=2026-01-30&limit=777";
        var answer = await system.Http.GetStringAsync(path, Cancellation);
        using (var redis = await ConnectionMultiplexer.ConnectAsync(await system.ConnectionStringAsync("cache")))
        {
            await redis.GetDatabase().ExecuteAsync("FLUSHALL");
        }

        await admin.Api.ClearCacheAsync(cancellationToken: Cancellation);
        var before = await MissesAsync(admin.Api);
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => system.Http.GetStringAsync(path, Cancellation)));

        Assert.All(answers, one => Assert.Equal(answer, one));
        Assert.Equal(before + 1, await MissesAsync(admin.Api));
    }

    [Fact]
    public async Task What_is_cached_for_users_is_not_given_to_strangers()
    {
        var user = await system.SignInAsync(Cancellation, Roles.Viewer);
        using var http = user.Http;
        await http.GetStringAsync("/api/v1/signals/latest", Cancellation);
        using var again = await http.GetAsync(new Uri("/api/v1/signals/latest", UriKind.Relative), Cancellation);
        using var stranger = await system.Http.GetAsync(new Uri("/api/v1/signals/latest", UriKind.Relative), Cancellation);

        Assert.Contains(again.Headers.GetValues("X-Cache").Single(), new[] { "memory", "redis", "miss" });
        Assert.Equal(401, (int)stranger.StatusCode);
        Assert.False(stranger.Headers.Contains("X-Cache"));
    }

    [Fact]
    public async Task The_cache_says_what_it_did_and_is_cleared_by_admins()
    {
        var admin = await system.SignInAsync(Cancellation, Roles.Admin);
        using var http = admin.Http;
        await system.Http.GetStringAsync("/api/v1/instruments?limit=7", Cancellation);
        await system.Http.GetStringAsync("/api/v1/instruments?limit=7", Cancellation);

        var cache = await admin.Api.GetCacheAsync(Cancellation);
        await admin.Api.ClearCacheAsync(pattern: "ListInstruments*", cancellationToken: Cancellation);
        var bad = await Assert.ThrowsAsync<TradingApiException>(
            () => admin.Api.ClearCacheAsync("tag", "pattern", Cancellation));

        Assert.Equal("redis", cache.Backend);
        Assert.InRange(cache.Use.Entries, 1, int.MaxValue);
        Assert.InRange(cache.Use.Bytes, 100, long.MaxValue);
        var lists = cache.Use.Kinds.Single(kind => kind.Kind == "countries");
        Assert.Equal(3600, lists.LifetimeSeconds);
        Assert.InRange(lists.Misses, 1, long.MaxValue);
        Assert.Equal(ErrorCodes.InvalidParameter, bad.Code);
        Assert.Equal("miss", (await ListAsync("/api/v1/instruments?limit=7")).Cache);
    }

    private static async Task<long> MissesAsync(TradingClient api) =>
        (await api.GetCacheAsync(Cancellation)).Use.Kinds.Single(kind => kind.Kind == "bars").Misses;

    private async Task<(string[] Tickers, string? Cache)> ListAsync(string path)
    {
        using var answer = await system.Http.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
        answer.EnsureSuccessStatusCode();
        var page = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        return (
            [.. page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("ticker").GetString()!)],
            answer.Headers.GetValues("X-Cache").Single());
    }

    private async Task ExecuteAsync(string sql, string parameter)
    {
        await using var command = system.Database.CreateCommand(sql);
        command.Parameters.Add(new() { Value = parameter });
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}

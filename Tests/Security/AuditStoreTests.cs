using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Trading.Data;
using Trading.Data.Audit;
using Trading.Tests.Integration;

namespace Trading.Tests.Security;

[Collection(SystemTests.Name)]
public sealed class AuditStoreTests(TradingSystem system) : IAsyncLifetime
{
    private ServiceProvider? _services;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private AuditStore Store => _services!.GetRequiredService<AuditStore>();

    public async ValueTask InitializeAsync()
    {
        var connection = await system.ConnectionStringAsync("tradingdb");
        _services = new ServiceCollection().AddLogging().AddTradingData(_ => connection).BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        if (_services is not null)
        {
            await _services.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("UPDATE audit_events SET action = 'nothing'")]
    [InlineData("DELETE FROM audit_events")]
    [InlineData("TRUNCATE audit_events")]
    public async Task The_audit_trail_is_append_only(string change)
    {
        await Store.AppendAsync([Event("append_only")], Cancellation);
        await using var command = system.Database.CreateCommand(change);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Cancellation));

        Assert.Contains("append-only", refused.MessageText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_past_the_guard_shows_where_it_was_made()
    {
        await Store.AppendAsync([Event("one"), Event("two"), Event("three")], Cancellation);
        var found = await Store.SearchAsync(
            new AuditQuery("two", null, null, null, null, null, null, null, 1), Cancellation);
        Assert.Null((await Store.VerifyAsync(Cancellation)).BrokenAt);

        await ChangeAsync("two", "2");
        var verdict = await Store.VerifyAsync(Cancellation);
        await ChangeAsync("2", "two");

        Assert.Equal(found[0].Id, verdict.BrokenAt);
        Assert.Null((await Store.VerifyAsync(Cancellation)).BrokenAt);
    }

    [Fact]
    public async Task Writers_at_once_make_one_chain()
    {
        var before = await Store.VerifyAsync(Cancellation);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            Store.AppendAsync([Event("parallel"), Event("parallel")], Cancellation)));

        var after = await Store.VerifyAsync(Cancellation);
        Assert.Null(after.BrokenAt);
        Assert.True(after.Count >= before.Count + 40, $"{after.Count} rows after {before.Count} and 40 more");
    }

    private static AuditRow Event(string action) =>
        new() { Time = DateTime.UnixEpoch, Action = action, Outcome = "success", Actor = "AuditStoreTests" };

    private async Task ChangeAsync(string from, string to)
    {
        await using var command = system.Database.CreateCommand(
            $"""
            ALTER TABLE audit_events DISABLE TRIGGER audit_events_append_only;
            UPDATE audit_events SET action = '{to}' WHERE action = '{from}' AND actor = 'AuditStoreTests';
            ALTER TABLE audit_events ENABLE TRIGGER audit_events_append_only;
            """);
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}

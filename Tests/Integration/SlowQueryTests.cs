using System.Text.Json;
using Npgsql;
using Trading.Contracts;

namespace Trading.Tests.Integration;

[Collection(SystemTests.Name)]
public sealed class SlowQueryTests(TradingSystem system)
{
    private const string Canary = "canary-5e90ab-of-the-tests";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_statement_over_the_threshold_is_listed_with_its_plan_and_trace_and_without_its_values()
    {
        var admin = await system.SignInAsync(Cancellation, Roles.Admin);
        using var http = admin.Http;

        var trace = await SearchSlowlyAsync(admin);
        var listed = await Eventually.ReturnsAsync(
            async () => (await admin.Api.ListSlowQueriesAsync(Cancellation)).FirstOrDefault(query => query.TraceId == trace),
            "the statement is listed");

        Assert.True(listed.Milliseconds >= 200, $"It took {listed.Milliseconds} ms.");
        Assert.Contains("audit_events", listed.Sql, StringComparison.Ordinal);
        Assert.Matches(@"actor = @\w+", listed.Sql);
        // What EXPLAIN prints of every step: https://www.postgresql.org/docs/15/using-explain.html
        Assert.Matches(@"Scan .*\(cost=[\d.]+ rows=\d+ width=\d+\)", listed.Plan);
        Assert.DoesNotContain(Canary, JsonSerializer.Serialize(listed), StringComparison.Ordinal);
    }

    /// <summary>Searches for the canary while the trail is locked, until the statement has been at it for 200 ms.</summary>
    private async Task<string> SearchSlowlyAsync(TestUser admin)
    {
        await using var connection = await system.Database.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        await using var locking = new NpgsqlCommand("LOCK TABLE audit_events IN ACCESS EXCLUSIVE MODE", connection);
        await locking.ExecuteNonQueryAsync(Cancellation);
        var trace = Guid.NewGuid().ToString("n");
        var searching = SearchAsync(admin, trace);
        await Eventually.IsTrueAsync(IsSlowAsync, "the statement waits");
        await transaction.RollbackAsync(Cancellation);
        await searching;
        return trace;
    }

    private static async Task SearchAsync(TestUser admin, string trace)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/audit?actor={Canary}");
        request.Headers.Add("traceparent", $"00-{trace}-00f067aa0ba902b7-01");
        using var answer = await admin.Http.SendAsync(request, Cancellation);
        answer.EnsureSuccessStatusCode();
    }

    private async Task<bool> IsSlowAsync()
    {
        await using var command = system.Database.CreateCommand(
            """
            SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'
            AND query LIKE '%audit_events%' AND clock_timestamp() - query_start > interval '200 ms'
            """);
        return (long)(await command.ExecuteScalarAsync(Cancellation))! > 0;
    }
}

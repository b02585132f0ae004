using System.Net;
using Trading.Contracts;
using Trading.Tests.Integration;

namespace Trading.Tests.Security;

[Collection(SystemTests.Name)]
public sealed class AuditTests(TradingSystem system)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_login_403_token_reuse_and_throttle_is_in_the_audit_trail_with_who_where_and_trace_id()
    {
        var admin = await system.SignInAsync(Cancellation, Roles.Admin);
        var user = await system.SignInAsync(Cancellation);
        using var admins = admin.Http;
        using var own = user.Http;
        using var http = system.From("203.0.113.7");
        await system.Api.RefreshAsync(new RefreshRequest(user.Tokens.RefreshToken), Cancellation);
        using var forbidden = await own.GetAsync("/api/v1/audit", Cancellation);
        await Assert.ThrowsAsync<TradingApiException>(
            () => system.Api.RefreshAsync(new RefreshRequest(user.Tokens.RefreshToken), Cancellation));
        for (var attempt = 0; attempt < 6; attempt++)
        {
            await http.TryLoginAsync(user.Email, "not the password", Cancellation);
        }

        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
        await FindAsync(admin, "login", "success", user.Email);
        await FindAsync(admin, "access_denied", "denied", user.Email);
        await FindAsync(admin, "token_reuse", "denied", user.Email);
        var failed = await FindAsync(admin, "login", "failure", user.Email);
        var throttled = await FindAsync(admin, "throttled", "denied", user.Email);
        Assert.Equal(("203.0.113.7", "203.0.113.7"), (failed.Address, throttled.Address));
    }

    [Fact]
    public async Task The_trail_is_exported_with_the_filters_of_a_search_and_no_cell_is_a_formula()
    {
        var admin = await system.SignInAsync(Cancellation, Roles.Admin);
        using var admins = admin.Http;
        using var http = system.From("203.0.113.8");
        const string Formula = "=cmd@example.com";
        await http.TryLoginAsync(Formula, "not the password", Cancellation);
        await FindAsync(admin, "login", "failure", Formula);

        var text = await admins.GetStringAsync(
            $"/api/v1/audit/export?address=203.0.113.8&actor={Uri.EscapeDataString(Formula)}", Cancellation);
        using var refused = await admins.GetAsync("/api/v1/audit/export?from=yesterday", Cancellation);

        var lines = text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("id,time,actor,action,outcome,", lines[0], StringComparison.Ordinal);
        Assert.Contains($",'{Formula},login,failure,", Assert.Single(lines[1..]), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Fact]
    public async Task The_trail_is_searched_page_by_page_and_only_by_admins()
    {
        var admin = await system.SignInAsync(Cancellation, Roles.Admin);
        using var admins = admin.Http;
        await system.SignInAsync(Cancellation);

        var first = await admin.Api.SearchAuditAsync(new AuditSearch { Action = "login", Limit = 1 }, Cancellation);
        var second = await admin.Api.SearchAuditAsync(
            new AuditSearch { Action = "login", Limit = 1, Cursor = first.NextCursor }, Cancellation);
        var tampered = await Assert.ThrowsAsync<TradingApiException>(() => admin.Api.SearchAuditAsync(
            new AuditSearch { Action = "logout", Limit = 1, Cursor = first.NextCursor }, Cancellation));
        var stranger = await Assert.ThrowsAsync<TradingApiException>(
            () => system.Api.SearchAuditAsync(new AuditSearch(), Cancellation));

        Assert.True(second.Items[0].Id < first.Items[0].Id);
        Assert.Equal(ErrorCodes.InvalidCursor, tampered.Code);
        Assert.Equal(ErrorCodes.Unauthorized, stranger.Code);
        Assert.True((await admin.Api.VerifyAuditAsync(Cancellation)).Intact);
    }

    private static Task<AuditEventResponse> FindAsync(TestUser admin, string action, string outcome, string actor) =>
        Eventually.ReturnsAsync(
            async () =>
            {
                var search = new AuditSearch { Action = action, Outcome = outcome, Actor = actor };
                var found = await admin.Api.SearchAuditAsync(search, Cancellation);
                return found.Items.FirstOrDefault(row => row is { Address: not null, TraceId.Length: > 0, RequestId: not null });
            },
            $"{action} with {outcome} of {actor} in the trail");
}

using System.Net;
using Trading.Contracts;
using Trading.Tests.Integration;

namespace Trading.Tests.Security;

[Collection(SystemTests.Name)]
public sealed class GuessingTests(TradingSystem system)
{
    private const string Wrong = "not the password";
    private const int Free = 5;
    private const int FreeOfAddress = 20;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Unknown_user_and_wrong_password_cannot_be_told_apart_by_status_or_body()
    {
        var user = await system.SignInAsync(Cancellation);
        using var own = user.Http;
        using var http = system.From("192.0.2.1");

        var wrong = await http.TryLoginAsync(user.Email, Wrong, Cancellation);
        var unknown = await http.TryLoginAsync($"no{user.Email}", Wrong, Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, wrong.Status);
        Assert.Equal(wrong, unknown);
    }

    [Fact]
    public async Task Password_spray_is_throttled_per_account_and_the_owner_is_not_locked_out()
    {
        var user = await system.SignInAsync(Cancellation);
        using var own = user.Http;
        using var guesser = system.From("192.0.2.2");
        for (var attempt = 0; attempt < Free; attempt++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await guesser.TryLoginAsync(user.Email, Wrong, Cancellation)).Status);
        }

        var throttled = await guesser.TryLoginAsync(user.Email, user.Password, Cancellation);

        Assert.Equal((HttpStatusCode.TooManyRequests, ErrorCodes.RateLimited), (throttled.Status, throttled.Code));
        // From an address that the owner has signed in from before, here the test's own.
        await system.Api.LoginAsync(new LoginRequest(user.Email, user.Password), Cancellation);
    }

    [Fact]
    public async Task The_wait_after_failed_sign_ins_ends_by_itself()
    {
        var user = await system.SignInAsync(Cancellation);
        using var own = user.Http;
        using var stranger = system.From("192.0.2.3");
        for (var attempt = 0; attempt < Free; attempt++)
        {
            await stranger.TryLoginAsync(user.Email, Wrong, Cancellation);
        }

        await Eventually.IsTrueAsync(
            async () => (await stranger.TryLoginAsync(user.Email, user.Password, Cancellation)).Status == HttpStatusCode.OK,
            "the right password is taken after the wait");
    }

    [Fact]
    public async Task Password_spray_over_many_accounts_is_throttled_per_address()
    {
        using var http = system.From("192.0.2.4");
        for (var attempt = 0; attempt < FreeOfAddress; attempt++)
        {
            await http.TryLoginAsync($"spray{attempt}@example.com", Wrong, Cancellation);
        }

        var throttled = await http.TryLoginAsync("spray@example.com", Wrong, Cancellation);

        Assert.Equal(HttpStatusCode.TooManyRequests, throttled.Status);
    }

    [Fact]
    public async Task A_spoofed_X_Forwarded_For_changes_nothing()
    {
        var email = $"spoof{Guid.NewGuid():n}@example.com";
        using var http = new HttpClient { BaseAddress = system.ApiAddress };
        var last = HttpStatusCode.OK;
        for (var attempt = 0; attempt <= Free; attempt++)
        {
            http.DefaultRequestHeaders.Remove("X-Forwarded-For");
            http.DefaultRequestHeaders.Add("X-Forwarded-For", $"198.51.100.{attempt}");
            http.DefaultRequestHeaders.Remove("X-Client-Address");
            http.DefaultRequestHeaders.Add("X-Client-Address", $"198.51.100.{attempt}");
            last = (await http.TryLoginAsync(email, Wrong, Cancellation)).Status;
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, last);
        await using var command = system.Database.CreateCommand(
            "SELECT count(*) FROM audit_events WHERE actor = $1 AND address LIKE '198.51.100.%'");
        command.Parameters.AddWithValue(email);
        Assert.Equal(0L, await command.ExecuteScalarAsync(Cancellation));
    }
}

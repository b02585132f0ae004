using System.Net;
using System.Net.Http.Json;
using Trading.Contracts;
using Trading.Tests.Integration;

namespace Trading.Tests.Security;

[Collection(SystemTests.Name)]
public sealed class GuessingTests(TradingSystem system)
{
    private const string Wrong = "not the password";
    private const int Free = 5;
    private const int FreeOfAddress = 20;
    private const int AtOnce = 60;

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

    [Fact]
    public async Task Guesses_at_once_get_no_more_tries_than_guesses_in_a_row()
    {
        var user = await system.SignInAsync(Cancellation);
        using var own = user.Http;
        using var guesser = system.From("192.0.2.5");
        using var sprayer = system.From("192.0.2.6");

        var ofAccount = await AtOnceAsync(_ => guesser.TryLoginAsync(user.Email, Wrong, Cancellation));
        var ofAddress = await AtOnceAsync(
            number => sprayer.TryLoginAsync($"spray{number}{user.Email}", Wrong, Cancellation));

        // A wait of a second may end before the last of them is heard.
        Assert.InRange(ofAccount.Count(status => status == HttpStatusCode.Unauthorized), Free, Free + 3);
        Assert.InRange(ofAddress.Count(status => status == HttpStatusCode.Unauthorized), FreeOfAddress, FreeOfAddress + 3);
        Assert.All(
            ofAccount.Concat(ofAddress),
            status => Assert.Contains(status, new[] { HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests }));
        await system.Api.LoginAsync(new LoginRequest(user.Email, user.Password), Cancellation);
    }

    [Fact]
    public async Task Password_spray_from_all_over_an_IPv6_network_of_one_subscriber_is_throttled()
    {
        for (var attempt = 0; attempt < FreeOfAddress; attempt++)
        {
            using var http = system.From($"2001:db8:aaaa:1::{attempt + 1:x}");
            await http.TryLoginAsync($"network{attempt}@example.com", Wrong, Cancellation);
        }

        using var same = system.From("2001:db8:aaaa:1:ffff::1");
        using var other = system.From("2001:db8:aaaa:2::1");

        var throttled = await same.TryLoginAsync("network@example.com", Wrong, Cancellation);
        var refused = await other.TryLoginAsync("network@example.com", Wrong, Cancellation);

        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.Unauthorized), (throttled.Status, refused.Status));
    }

    [Fact]
    public async Task Who_stole_a_session_does_not_guess_the_password_by_changing_it_nor_keeps_the_owner_from_it()
    {
        var user = await system.SignInAsync(Cancellation);
        using var stolen = user.Http;
        var owner = system.Api.As(TradingCaller.Of(
            (await system.Api.LoginAsync(new LoginRequest(user.Email, user.Password), Cancellation)).AccessToken));

        var guesses = await AtOnceAsync(number => ChangeAsync(stolen, $"{Wrong} {number}"));
        await owner.ChangePasswordAsync(new ChangePasswordRequest(user.Password, "another four words"), Cancellation);

        Assert.InRange(guesses.Count(status => status == HttpStatusCode.BadRequest), Free, Free + 3);
        Assert.Equal(guesses.Length, guesses.Count(
            status => status is HttpStatusCode.BadRequest or HttpStatusCode.TooManyRequests));
        await using var command = system.Database.CreateCommand(
            "SELECT count(*) FROM audit_events WHERE actor = $1 AND action = 'password_change' AND outcome = 'failure'");
        command.Parameters.AddWithValue(user.Email);
        Assert.Equal(
            (long)guesses.Count(status => status == HttpStatusCode.BadRequest),
            await command.ExecuteScalarAsync(Cancellation));
    }

    private static async Task<HttpStatusCode[]> AtOnceAsync(
        Func<int, Task<(HttpStatusCode Status, string Code, string Detail)>> guess) =>
        [.. from answer in await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(guess)) select answer.Status];

    private static async Task<(HttpStatusCode Status, string Code, string Detail)> ChangeAsync(HttpClient http, string guess)
    {
        using var answer = await http.PostAsJsonAsync(
            "/api/v1/auth/password/change",
            new { current_password = guess, new_password = "yet another four words" },
            Cancellation);
        return (answer.StatusCode, "", "");
    }
}

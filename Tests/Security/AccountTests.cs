using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Trading.Contracts;
using Trading.Tests.Integration;

namespace Trading.Tests.Security;

[Collection(SystemTests.Name)]
public sealed partial class AccountTests(TradingSystem system)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_account_signs_in_once_its_address_is_confirmed_by_mail()
    {
        var email = await system.RegisterAsync(Cancellation);
        var early = await Assert.ThrowsAsync<TradingApiException>(() => LoginAsync(email));

        await system.Api.ConfirmEmailAsync(new ConfirmEmailRequest(email, await MailedTokenAsync(email, "/account/confirm?")), Cancellation);
        var tokens = await LoginAsync(email);
        var account = await system.Api.As(TradingCaller.Of(tokens.AccessToken)).GetAccountAsync(Cancellation);

        Assert.Equal(ErrorCodes.EmailNotConfirmed, early.Code);
        Assert.Equal((email, "free"), (account.Email, account.Tier));
        Assert.Equal([Roles.Viewer], account.Roles);
        Assert.Equal(15 * 60, tokens.ExpiresIn);
    }

    [Fact]
    public async Task An_address_that_has_an_account_gets_the_same_answer_and_another_mail()
    {
        var user = await system.SignInAsync(Cancellation);
        using var own = user.Http;
        using var first = await PostAsync("register", new { email = $"new{user.Email}", password = user.Password });
        using var second = await PostAsync("register", new { email = user.Email, password = user.Password });

        Assert.Equal(HttpStatusCode.Accepted, second.StatusCode);
        Assert.Equal(
            await first.Content.ReadAsStringAsync(Cancellation), await second.Content.ReadAsStringAsync(Cancellation));
        await MailAsync(user.Email, "You have an account already");
    }

    [Fact]
    public async Task Reuse_of_a_refresh_token_revokes_its_family()
    {
        var user = await system.SignInAsync(Cancellation);
        using var own = user.Http;
        var next = await system.Api.RefreshAsync(new RefreshRequest(user.Tokens.RefreshToken), Cancellation);

        await Assert.ThrowsAsync<TradingApiException>(
            () => system.Api.RefreshAsync(new RefreshRequest(user.Tokens.RefreshToken), Cancellation));
        var refused = await Assert.ThrowsAsync<TradingApiException>(
            () => system.Api.RefreshAsync(new RefreshRequest(next.RefreshToken), Cancellation));

        Assert.Equal(ErrorCodes.InvalidToken, refused.Code);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(own));
    }

    [Fact]
    public async Task Two_that_refresh_at_once_do_not_both_get_tokens()
    {
        var user = await system.SignInAsync(Cancellation);
        using var own = user.Http;

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(
            _ => PostAsync("refresh", new { refresh_token = user.Tokens.RefreshToken })));

        Assert.Single(answers, answer => answer.IsSuccessStatusCode);
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Fact]
    public async Task Tokens_keys_and_recovery_codes_are_stored_hashed()
    {
        var user = await system.SignInAsync(Cancellation);
        using var own = user.Http;
        var key = await user.Api.CreateApiKeyAsync(new ApiKeyRequest("a test"), Cancellation);

        await using var command = system.Database.CreateCommand(
            """
            SELECT count(*) FROM (
                SELECT t::text row FROM refresh_tokens t UNION ALL SELECT k::text FROM api_keys k UNION ALL SELECT u::text FROM users u
                UNION ALL SELECT a::text FROM audit_events a) rows
            WHERE row LIKE ANY ($1)
            """);
        command.Parameters.AddWithValue(new[]
        {
            $"%{user.Tokens.RefreshToken}%", $"%{key.Key}%", $"%{user.Password}%", $"%{user.Tokens.AccessToken}%",
        });

        Assert.Equal(0L, await command.ExecuteScalarAsync(Cancellation));
    }

    [Fact]
    public async Task Logout_ends_access_at_once()
    {
        var user = await system.SignInAsync(Cancellation);
        using var own = user.Http;
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(own));

        await user.Api.LogoutAsync(Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(own));
        await Assert.ThrowsAsync<TradingApiException>(
            () => system.Api.RefreshAsync(new RefreshRequest(user.Tokens.RefreshToken), Cancellation));
    }

    [Fact]
    public async Task Password_change_ends_the_access_of_every_other_session_at_once()
    {
        var user = await system.SignInAsync(Cancellation);
        using var own = user.Http;
        var other = system.Api.As(TradingCaller.Of((await LoginAsync(user.Email)).AccessToken));
        await other.GetAccountAsync(Cancellation);

        await user.Api.ChangePasswordAsync(
            new ChangePasswordRequest(user.Password, "another four words"), Cancellation);

        await Assert.ThrowsAsync<TradingApiException>(() => other.GetAccountAsync(Cancellation));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(own));
        await Assert.ThrowsAsync<TradingApiException>(() => LoginAsync(user.Email));
    }

    [Fact]
    public async Task Disabling_an_account_ends_its_access_at_once()
    {
        var user = await system.SignInAsync(Cancellation);
        var admin = await system.SignInAsync(Cancellation, Roles.Admin);
        using var own = user.Http;
        using var admins = admin.Http;
        var key = await user.Api.CreateApiKeyAsync(new ApiKeyRequest("a test", [Scopes.AccountRead]), Cancellation);
        var program = system.Api.As(TradingCaller.Of(key.Key));
        await program.GetAccountAsync(Cancellation);

        var changed = await admin.Api.ChangeUserAsync(user.Id, new UserChangeRequest(Disabled: true), Cancellation);

        Assert.True(changed.Disabled);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(own));
        await Assert.ThrowsAsync<TradingApiException>(() => program.GetAccountAsync(Cancellation));
        var refused = await Assert.ThrowsAsync<TradingApiException>(() => LoginAsync(user.Email));
        Assert.Equal(ErrorCodes.Forbidden, refused.Code);
    }

    [Fact]
    public async Task A_session_is_listed_by_device_and_revoked()
    {
        var user = await system.SignInAsync(Cancellation);
        using var own = user.Http;
        await system.Api.LoginAsync(new LoginRequest(user.Email, user.Password, Device: "the old laptop"), Cancellation);

        var sessions = await user.Api.ListSessionsAsync(Cancellation);
        var laptop = sessions.Single(session => session.Device == "the old laptop");
        await user.Api.RevokeSessionAsync(laptop.Id, Cancellation);

        Assert.Equal(2, sessions.Count);
        Assert.Equal(user.Tokens.SessionId, sessions.Single(session => session.Current).Id);
        Assert.Equal(user.Tokens.SessionId, Assert.Single(await user.Api.ListSessionsAsync(Cancellation)).Id);
    }

    [Fact]
    public async Task A_forgotten_password_is_set_anew_by_mail_and_the_link_works_once()
    {
        var user = await system.SignInAsync(Cancellation);
        using var own = user.Http;
        await system.Api.ForgotPasswordAsync(new EmailRequest(user.Email), Cancellation);
        var token = await MailedTokenAsync(user.Email, "/account/reset?");
        var reset = new ResetPasswordRequest(user.Email, token, "a new four words");

        await system.Api.ResetPasswordAsync(reset, Cancellation);
        var again = await Assert.ThrowsAsync<TradingApiException>(
            () => system.Api.ResetPasswordAsync(reset, Cancellation));

        Assert.Equal(ErrorCodes.InvalidToken, again.Code);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(own));
        await system.Api.LoginAsync(new LoginRequest(user.Email, "a new four words"), Cancellation);
    }

    [Fact]
    public async Task All_errors_of_a_request_are_told_at_once_and_unknown_fields_are_400()
    {
        using var answer = await PostAsync("register", new { email = "no address", password = "short" });
        using var unknown = await PostAsync("register", new { email = "a@example.com", password = "four words of", role = "admin" });
        var problem = await answer.Content.ReadFromJsonAsync<ProblemResponse>(WebJson.Snake, Cancellation);
        var strange = await unknown.Content.ReadFromJsonAsync<ProblemResponse>(WebJson.Snake, Cancellation);

        Assert.Equal(["email", "password"], problem!.Errors!.Keys.Order());
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
        Assert.Equal(["role"], strange!.Errors!.Keys);
    }

    [GeneratedRegex("token=([^\\s&]+)")]
    private static partial Regex TokenPattern();

    private Task<TokenResponse> LoginAsync(string email) =>
        system.Api.LoginAsync(new LoginRequest(email, "four words of a test"), Cancellation);

    private Task<HttpResponseMessage> PostAsync(string path, object body) =>
        system.Http.PostAsJsonAsync($"/api/v1/auth/{path}", body, Cancellation);

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http)
    {
        using var answer = await http.GetAsync("/api/v1/auth/me", Cancellation);
        return answer.StatusCode;
    }

    // A mail of another kind may be there already.
    private static async Task<string> MailedTokenAsync(string email, string page) =>
        Uri.UnescapeDataString(TokenPattern().Match(await MailAsync(email, page)).Groups[1].Value);

    private static Task<string> MailAsync(string email, string with) => Eventually.ReturnsAsync(
        () => Task.FromResult(Directory.Exists(TradingSystem.MailFolder)
            ? Directory.GetFiles(TradingSystem.MailFolder, "*.eml").OrderDescending().Select(File.ReadAllText)
                .FirstOrDefault(text => text.Contains($"To: {email}\r\n", StringComparison.Ordinal)
                    && text.Contains(with, StringComparison.Ordinal))
            : null),
        $"a mail with \"{with}\"");
}

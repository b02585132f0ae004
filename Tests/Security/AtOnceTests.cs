using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Trading.ApiService.Auth;
using Trading.Contracts;
using Trading.Tests.Integration;

namespace Trading.Tests.Security;

/// <summary>What one account is asked for many times at the same moment.</summary>
[Collection(SystemTests.Name)]
public sealed partial class AtOnceTests(TradingSystem system)
{
    private const int Rounds = 4;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_session_that_was_opened_with_the_old_password_survives_its_change()
    {
        var user = await system.SignInAsync(Cancellation);
        using var own = user.Http;
        var password = user.Password;
        // A known address, with no failures of other tests: as many as may be under way at once.
        using var home = system.From("192.0.2.41");
        await PostAsync(home, "login", new { email = user.Email, password });
        for (var round = 0; round < Rounds; round++)
        {
            var next = $"four words of round {round}";
            var (old, change) = (new { email = user.Email, password }, new { current_password = password, new_password = next });
            var answers = await Task.WhenAll(Enumerable.Range(0, 17).Select(number => number == 0
                ? PostAsync(own, "password/change", change)
                : PostAsync(home, "login", old)));
            var logins = answers[1..];
            Assert.Equal(HttpStatusCode.NoContent, answers[0].Status);

            var survivors = await Task.WhenAll(logins.Where(login => login.Status == HttpStatusCode.OK)
                .Select(login => IsInAsync((string)login.Body!["access_token"]!)));

            Assert.All(logins, login => Assert.Contains(
                login.Status, new[] { HttpStatusCode.OK, HttpStatusCode.Unauthorized }));
            Assert.DoesNotContain(true, survivors);
            password = next;
        }
    }

    [Fact]
    public async Task A_recovery_code_works_once_also_beside_changes_of_the_password()
    {
        var user = await system.SignInAsync(Cancellation);
        using var own = user.Http;
        var (secret, codes) = await TurnOnAsync(own, user.Password);
        Assert.NotEmpty(secret);
        var password = user.Password;
        for (var round = 0; round < Rounds; round++)
        {
            var next = $"four words of round {round}";
            var change = new { current_password = password, new_password = next };
            var used = codes[(round * 2)..(round * 2 + 2)];
            var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(number => number == 0
                ? StatusAsync(own, "password/change", change)
                : LoginAsync(user.Email, password, used[number - 1])));
            Assert.Equal(HttpStatusCode.NoContent, answers[0]);

            foreach (var code in used.Where((_, index) => answers[index + 1] == HttpStatusCode.OK))
            {
                Assert.Equal(HttpStatusCode.Unauthorized, await LoginAsync(user.Email, next, code));
            }

            password = next;
        }
    }

    [Fact]
    public async Task Changes_of_one_account_at_once_all_succeed_and_leave_one_of_them()
    {
        var admin = await system.SignInAsync(Cancellation, Roles.Admin);
        var user = await system.SignInAsync(Cancellation);
        using var admins = admin.Http;
        using var own = user.Http;
        var wanted = new[] { Roles.Viewer, Roles.Trader, Roles.Analyst };

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => PatchAsync(
            admins, user.Id, new { tier = number % 2 == 0 ? "pro" : "free", roles = new[] { wanted[number % 3] } })));

        Assert.Equal([HttpStatusCode.OK], answers.Distinct());
        var left = (await admin.Api.ListUsersAsync(user.Email, cancellationToken: Cancellation)).Items.Single();
        Assert.Contains(Assert.Single(left.Roles), wanted);
    }

    [Fact]
    public async Task Two_admins_who_demote_each_other_at_once_do_not_both_succeed()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var one = await system.SignInAsync(Cancellation, Roles.Admin);
            var two = await system.SignInAsync(Cancellation, Roles.Admin);
            using var first = one.Http;
            using var second = two.Http;
            var viewer = new { roles = new[] { Roles.Viewer } };

            var answers = await Task.WhenAll(PatchAsync(first, two.Id, viewer), PatchAsync(second, one.Id, viewer));

            Assert.Single(answers, HttpStatusCode.OK);
            // Who was demoted is out, or finds that it was.
            Assert.Single(answers, status => status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden);
        }
    }

    [Fact]
    public async Task A_link_that_sets_a_password_works_once_also_at_once()
    {
        var user = await system.SignInAsync(Cancellation);
        using var own = user.Http;
        await system.Api.ForgotPasswordAsync(new EmailRequest(user.Email), Cancellation);
        var token = await MailedTokenAsync(user.Email);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => PostAsync(
            system.Http, "password/reset", new { email = user.Email, token, password = $"four words of link {number}" })));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.NoContent);
        Assert.Equal(7, answers.Count(answer => answer.Code == ErrorCodes.InvalidToken));
    }

    [Fact]
    public async Task A_second_factor_is_turned_on_once_and_codes_are_renewed_at_once()
    {
        var user = await system.SignInAsync(Cancellation);
        using var own = user.Http;
        var password = new { password = user.Password };
        var setUps = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => PostAsync(own, "two-factor/setup", password)));
        var secret = (string)(await PostAsync(own, "two-factor/setup", password)).Body!["secret"]!;
        var code = CodeOf(secret);

        var confirmed = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            _ => PostAsync(own, "two-factor/confirm", new { code })));
        var renewed = await Task.WhenAll(Enumerable.Range(0, 4).Select(
            _ => PostAsync(own, "two-factor/recovery-codes", password)));

        Assert.All(setUps, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        Assert.Single(confirmed, answer => answer.Status == HttpStatusCode.OK);
        Assert.Equal(7, confirmed.Count(answer => answer.Code == ErrorCodes.InvalidCode));
        Assert.All(renewed, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        var works = await Task.WhenAll(renewed.Select(
            answer => LoginAsync(user.Email, user.Password, (string)answer.Body!["codes"]![0]!)));
        Assert.Single(works, HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_address_that_registers_many_times_at_once_gets_one_account_and_the_same_answers()
    {
        var email = $"many{Guid.NewGuid():n}@example.com";

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            _ => PostAsync(system.Http, "register", new { email, password = "four words of many" })));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Accepted, answer.Status));
        await using var command = system.Database.CreateCommand(
            "SELECT count(*) FROM users u JOIN user_roles m ON m.user_id = u.id WHERE u.email = $1");
        command.Parameters.AddWithValue(email);
        Assert.Equal(1L, await command.ExecuteScalarAsync(Cancellation));
    }

    [Fact]
    public async Task An_account_gets_no_more_than_20_API_keys_at_once()
    {
        var user = await system.SignInAsync(Cancellation);
        using var own = user.Http;

        var answers = await Task.WhenAll(Enumerable.Range(0, 80).Select(async number =>
        {
            using var answer = await own.PostAsJsonAsync("/api/v1/api-keys", new { name = $"key {number}" }, Cancellation);
            return answer.StatusCode;
        }));

        Assert.Equal(20, answers.Count(status => status == HttpStatusCode.Created));
        Assert.Equal(60, answers.Count(status => status == HttpStatusCode.Conflict));
        Assert.Equal(20, (await user.Api.ListApiKeysAsync(Cancellation)).Count);
    }

    [GeneratedRegex("token=([^\\s&]+)")]
    private static partial Regex TokenPattern();

    private static async Task<(string Secret, string[] Codes)> TurnOnAsync(HttpClient own, string password)
    {
        var secret = (string)(await PostAsync(own, "two-factor/setup", new { password })).Body!["secret"]!;
        var confirmed = await PostAsync(own, "two-factor/confirm", new { code = CodeOf(secret) });
        return (secret, [.. confirmed.Body!["codes"]!.AsArray().Select(code => (string)code!)]);
    }

    private static string CodeOf(string secret)
    {
        var bits = string.Concat(secret.Select(letter =>
            Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var bytes = Enumerable.Range(0, bits.Length / 8).Select(index => Convert.ToByte(bits.Substring(index * 8, 8), 2));
        return Totp.CodeOf([.. bytes], Totp.StepAt(TimeProvider.System.GetUtcNow()));
    }

    private Task<HttpStatusCode> LoginAsync(string email, string password, string code) =>
        StatusAsync(system.Http, "login", new { email, password, recovery_code = code });

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, string path, object body) =>
        (await PostAsync(http, path, body)).Status;

    private async Task<bool> IsInAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/auth/me");
        request.Headers.Authorization = new("Bearer", token);
        using var answer = await system.Http.SendAsync(request, Cancellation);
        return answer.IsSuccessStatusCode;
    }

    private static async Task<HttpStatusCode> PatchAsync(HttpClient http, Guid user, object change)
    {
        using var answer = await http.PatchAsJsonAsync($"/api/v1/users/{user}", change, Cancellation);
        return answer.StatusCode;
    }

    private static async Task<(HttpStatusCode Status, string? Code, JsonNode? Body)> PostAsync(
        HttpClient http, string path, object body)
    {
        using var answer = await http.PostAsJsonAsync($"/api/v1/auth/{path}", body, Cancellation);
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        var json = text.Length == 0 ? null : JsonNode.Parse(text);
        return (answer.StatusCode, (string?)json?["code"], json);
    }

    private static async Task<string> MailedTokenAsync(string email)
    {
        var mail = await Eventually.ReturnsAsync(
            () => Task.FromResult(Directory.GetFiles(TradingSystem.MailFolder, "*.eml").OrderDescending()
                .Select(File.ReadAllText)
                .FirstOrDefault(text => text.Contains($"To: {email}\r\n", StringComparison.Ordinal)
                    && text.Contains("reset", StringComparison.OrdinalIgnoreCase)
                    && TokenPattern().IsMatch(text))),
            "a mail with a link");
        return Uri.UnescapeDataString(TokenPattern().Match(mail).Groups[1].Value);
    }
}

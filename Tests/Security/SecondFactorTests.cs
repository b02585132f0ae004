using Trading.ApiService.Auth;
using Trading.Contracts;
using Trading.Tests.Integration;

namespace Trading.Tests.Security;

[Collection(SystemTests.Name)]
public sealed class SecondFactorTests(TradingSystem system)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_TOTP_code_works_once()
    {
        var user = await system.SignInAsync(Cancellation);
        using var own = user.Http;
        var (secret, _) = await TurnOnAsync(user);
        var without = await LoginAsync(user, null, null);

        // The code that turned it on is used up: the next one is taken.
        var next = CodeOf(secret, 1);
        var first = await LoginAsync(user, next, null);
        var second = await LoginAsync(user, next, null);

        Assert.Equal(ErrorCodes.TwoFactorRequired, without);
        Assert.Null(first);
        Assert.Equal(ErrorCodes.InvalidCode, second);
    }

    [Fact]
    public async Task A_recovery_code_works_once()
    {
        var user = await system.SignInAsync(Cancellation);
        using var own = user.Http;
        var (_, codes) = await TurnOnAsync(user);

        Assert.Equal(10, codes.Count);
        Assert.Null(await LoginAsync(user, null, codes[3].ToUpperInvariant()));
        Assert.Equal(ErrorCodes.InvalidCode, await LoginAsync(user, null, codes[3]));
        Assert.Equal(9, (await user.Api.GetAccountAsync(Cancellation)).RecoveryCodesLeft);
    }

    [Fact]
    public async Task The_second_factor_is_turned_off_with_the_password_only()
    {
        var user = await system.SignInAsync(Cancellation);
        using var own = user.Http;
        await TurnOnAsync(user);

        var refused = await Assert.ThrowsAsync<TradingApiException>(
            () => user.Api.DisableTwoFactorAsync(new PasswordRequest("not this one"), Cancellation));
        await user.Api.DisableTwoFactorAsync(new PasswordRequest(user.Password), Cancellation);

        Assert.Equal(ErrorCodes.ValidationFailed, refused.Code);
        Assert.Null(await LoginAsync(user, null, null));
    }

    private static string CodeOf(byte[] secret, int stepsFromNow) =>
        Totp.CodeOf(secret, Totp.StepAt(TimeProvider.System.GetUtcNow()) + stepsFromNow);

    private static byte[] FromBase32(string text)
    {
        var bits = string.Concat(text.Select(letter =>
            Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(index => Convert.ToByte(bits.Substring(index * 8, 8), 2))];
    }

    private static async Task<(byte[] Secret, IReadOnlyList<string> Codes)> TurnOnAsync(TestUser user)
    {
        var setup = await user.Api.SetUpTwoFactorAsync(new PasswordRequest(user.Password), Cancellation);
        Assert.Contains($"secret={setup.Secret}", setup.Uri, StringComparison.Ordinal);
        var secret = FromBase32(setup.Secret);
        var confirmed = await user.Api.ConfirmTwoFactorAsync(new TwoFactorRequest(CodeOf(secret, 0)), Cancellation);
        return (secret, confirmed.Codes);
    }

    private async Task<string?> LoginAsync(TestUser user, string? code, string? recoveryCode)
    {
        try
        {
            await system.Api.LoginAsync(new LoginRequest(user.Email, user.Password, code, recoveryCode), Cancellation);
            return null;
        }
        catch (TradingApiException refused)
        {
            return refused.Code;
        }
    }
}

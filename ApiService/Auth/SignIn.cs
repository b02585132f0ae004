using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Trading.ApiService.Audit;
using Trading.ApiService.Edge;
using Trading.ApiService.Limits;
using Trading.Contracts;
using Trading.Data.Accounts;

namespace Trading.ApiService.Auth;

/// <summary>Checks who signs in: the wait, the password, the account, the second factor, in this order.</summary>
internal sealed class SignIn(
    UserManager<User> users,
    SecondFactorStore factors,
    SessionStore sessions,
    Passwords passwords,
    LoginThrottle throttle,
    TotpSecrets secrets,
    AuditTrail audit,
    TrustedCaller trusted,
    IOptionsMonitor<AuthOptions> options,
    TimeProvider time)
{
    /// <summary>The user; or the problem, which is the same for a wrong password and for a stranger.</summary>
    public async Task<(User? User, ApiProblem? Problem)> CheckAsync(
        HttpContext context, LoginRequest request, CancellationToken cancellationToken)
    {
        var email = request.Email!;
        var user = await users.FindByEmailAsync(email);
        var (guesses, wait) = await TakeAsync(context, user, email, cancellationToken);
        if (wait > TimeSpan.Zero)
        {
            return (null, TooManyGuesses.Of(context, audit, wait, email, "login"));
        }

        try
        {
            var problem = await RefuseAsync(context, user, request, cancellationToken);
            if (problem?.Code is not (ErrorCodes.InvalidCredentials or ErrorCodes.InvalidCode))
            {
                await GiveBackAsync(guesses, isRight: problem is null);
            }

            return problem is null ? (user, null) : (null, problem);
        }
        catch (TooBusyException)
        {
            await GiveBackAsync(guesses, isRight: false);
            throw;
        }
    }

    private async Task<ApiProblem?> RefuseAsync(
        HttpContext context, User? user, LoginRequest request, CancellationToken cancellationToken)
    {
        var email = request.Email!;
        if (!await passwords.IsOfAsync(user, request.Password!, cancellationToken))
        {
            return await FailedAsync(context, user, email, "password", cancellationToken);
        }

        if (user!.DisabledAt is not null || (options.CurrentValue.RequireConfirmedEmail && !user.EmailConfirmed))
        {
            return await RefusedAsync(context, user, cancellationToken);
        }

        var problem = user.TotpSecret is null ? null : await CheckSecondAsync(user, request, cancellationToken);
        if (problem?.Code == ErrorCodes.InvalidCode)
        {
            await FailedAsync(context, user, email, "code", cancellationToken);
        }

        return problem;
    }

    // Who is known from this address does not wait for what strangers do to the account elsewhere.
    private async Task<(Guess[] Taken, TimeSpan Wait)> TakeAsync(
        HttpContext context, User? user, string email, CancellationToken cancellationToken)
    {
        var address = ClientAddress.Of(context, trusted);
        var ofAddress = await throttle.TakeAsync(LoginThrottle.AddressKey(address), isAddress: true);
        if (ofAddress.IsRefused)
        {
            return ([], ofAddress.Wait);
        }

        var ofAccount = await throttle.TakeAsync(LoginThrottle.AccountKey(email));
        if (ofAccount.IsRefused && !await IsKnownAsync(user, address, cancellationToken))
        {
            await throttle.GiveBackAsync(ofAddress);
            return ([], ofAccount.Wait);
        }

        return ([ofAddress, ofAccount], TimeSpan.Zero);
    }

    private async Task<bool> IsKnownAsync(User? user, IPAddress? address, CancellationToken cancellationToken) =>
        await sessions.KnowsAddressAsync(
            user?.Id ?? Guid.Empty, address?.ToString() ?? "none", time.GetUtcNow().UtcDateTime, cancellationToken);

    // An address' failures before are not forgotten: who guesses has an account too.
    private async Task GiveBackAsync(Guess[] guesses, bool isRight)
    {
        foreach (var guess in guesses)
        {
            await throttle.GiveBackAsync(guess);
        }

        if (isRight)
        {
            await throttle.ForgetAsync(guesses[^1].Key);
        }
    }

    public async Task<ApiProblem> FailedAsync(
        HttpContext context, User? user, string email, string what, CancellationToken cancellationToken)
    {
        await audit.RecordAsync(
            context,
            new AuditEvent(
                AuditActions.Login,
                AuditOutcome.Failure,
                email,
                Details: new Dictionary<string, string> { ["wrong"] = what },
                Account: user?.Id),
            cancellationToken);
        return new ApiProblem(
            StatusCodes.Status401Unauthorized,
            ErrorCodes.InvalidCredentials,
            "The address and the password do not belong together. A new password can be had at /api/v1/auth/password/forgot.");
    }

    private async Task<ApiProblem> RefusedAsync(HttpContext context, User user, CancellationToken cancellationToken)
    {
        await audit.RecordAsync(
            context,
            new AuditEvent(AuditActions.Login, AuditOutcome.Denied, user.Email, Account: user.Id),
            cancellationToken);
        return user.DisabledAt is not null
            ? new ApiProblem(
                StatusCodes.Status403Forbidden, ErrorCodes.Forbidden, "The account was disabled; ask who runs this site.")
            : new ApiProblem(
                StatusCodes.Status403Forbidden,
                ErrorCodes.EmailNotConfirmed,
                "Confirm the address first, with the mail that was sent to it; /api/v1/auth/confirm/resend sends it again.");
    }

    private async Task<ApiProblem?> CheckSecondAsync(User user, LoginRequest request, CancellationToken cancellationToken)
    {
        var isRight = request switch
        {
            { Code: { } code } => await IsCodeAsync(user, code, cancellationToken),
            { RecoveryCode: { } code } => await factors.TakeRecoveryCodeAsync(
                user.Id, RecoveryCodes.HashOf(code), cancellationToken),
            _ => (bool?)null,
        };
        return isRight switch
        {
            true => null,
            false => new ApiProblem(
                StatusCodes.Status401Unauthorized,
                ErrorCodes.InvalidCode,
                "The code is wrong, too old, or was used before; wait for the next one."),
            null => new ApiProblem(
                StatusCodes.Status401Unauthorized,
                ErrorCodes.TwoFactorRequired,
                "Send code with the six digits of the authenticator app, or recovery_code."),
        };
    }

    public async Task<bool> IsCodeAsync(User user, string code, CancellationToken cancellationToken) =>
        secrets.Read(user) is { } secret
        && Totp.FindStep(secret, code.Trim(), time.GetUtcNow()) is { } step
        && await factors.TakeTotpStepAsync(user.Id, step, cancellationToken);
}

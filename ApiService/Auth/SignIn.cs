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
    AccountStore accounts,
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
        var address = ClientAddress.Of(context, trusted)?.ToString() ?? "none";
        var user = await users.FindByEmailAsync(email);
        if (await WaitAsync(user, email, address, cancellationToken) is { } wait && wait > TimeSpan.Zero)
        {
            return (null, Throttled(context, email, wait));
        }

        if (!await passwords.IsOfAsync(user, request.Password!, cancellationToken))
        {
            return (null, await FailedAsync(context, user, email, address, "password", cancellationToken));
        }

        if (user!.DisabledAt is not null || (options.CurrentValue.RequireConfirmedEmail && !user.EmailConfirmed))
        {
            return (null, await RefusedAsync(context, user, cancellationToken));
        }

        if (user.TotpSecret is not null && await CheckSecondAsync(user, request, cancellationToken) is { } problem)
        {
            if (problem.Code == ErrorCodes.InvalidCode)
            {
                await FailedAsync(context, user, email, address, "code", cancellationToken);
            }

            return (null, problem);
        }

        await throttle.ForgetAsync(LoginThrottle.AccountKey(email));
        return (user, null);
    }

    // Who is known from this address does not wait for what strangers do to the account elsewhere.
    private async Task<TimeSpan> WaitAsync(User? user, string email, string address, CancellationToken cancellationToken)
    {
        var ofAddress = await throttle.WaitOfAsync(LoginThrottle.AddressKey(address));
        var ofAccount = await throttle.WaitOfAsync(LoginThrottle.AccountKey(email));
        if (ofAddress > TimeSpan.Zero || ofAccount == TimeSpan.Zero)
        {
            return ofAddress;
        }

        var isKnown = await sessions.KnowsAddressAsync(
            user?.Id ?? Guid.Empty, address, time.GetUtcNow().UtcDateTime, cancellationToken);
        return isKnown ? TimeSpan.Zero : ofAccount;
    }

    private ApiProblem Throttled(HttpContext context, string email, TimeSpan wait)
    {
        var seconds = (int)Math.Ceiling(wait.TotalSeconds);
        context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        audit.Record(context, new AuditEvent(AuditActions.Throttled, AuditOutcome.Denied, email, "login"));
        return new ApiProblem(
            StatusCodes.Status429TooManyRequests,
            ErrorCodes.RateLimited,
            $"Too many failed sign-ins; try again in {seconds} seconds.");
    }

    private async Task<ApiProblem> FailedAsync(
        HttpContext context, User? user, string email, string address, string what, CancellationToken cancellationToken)
    {
        await throttle.FailedAsync(LoginThrottle.AccountKey(email), isAddress: false);
        await throttle.FailedAsync(LoginThrottle.AddressKey(address), isAddress: true);
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
            { RecoveryCode: { } code } => await accounts.TakeRecoveryCodeAsync(
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
        && await accounts.TakeTotpStepAsync(user.Id, step, cancellationToken);
}

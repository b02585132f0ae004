using Microsoft.AspNetCore.Identity;
using Trading.ApiService.Audit;
using Trading.ApiService.Edge;
using Trading.Contracts;
using Trading.Data.Accounts;

namespace Trading.ApiService.Auth;

/// <summary>The second factor: an authenticator app, and recovery codes for when it is lost.</summary>
internal static class TwoFactorApi
{
    private const string PendingProvider = "Trading";
    private const string PendingName = "PendingTotpSecret";

    public static void MapTwoFactor(this IEndpointRouteBuilder auth)
    {
        var factor = auth.MapGroup("/two-factor").RequireAuthorization(Policies.Viewer);
        factor.MapPost("/setup", SetUp)
            .WithName("SetUpTwoFactor")
            .WithSummary("A new secret for an authenticator app; nothing changes until it is confirmed")
            .Produces<TwoFactorSetupResponse>()
            .ProducesProblems(400, 401, 403, 413, 415, 429, 503);
        factor.MapPost("/confirm", Confirm)
            .WithName("ConfirmTwoFactor")
            .WithSummary("Turns the second factor on, with a code of the new secret; gives the recovery codes")
            .Produces<RecoveryCodesResponse>()
            .ProducesProblems(400, 401, 403, 413, 415, 429, 503);
        factor.MapPost("/recovery-codes", Renew)
            .WithName("RenewRecoveryCodes")
            .WithSummary("New recovery codes; those before do not work any more")
            .Produces<RecoveryCodesResponse>()
            .ProducesProblems(400, 401, 403, 413, 415, 429, 503);
        factor.MapPost("/disable", Disable)
            .WithName("DisableTwoFactor")
            .WithSummary("Turns the second factor off")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblems(400, 401, 403, 413, 415, 429, 503);
    }

    private static async Task<IResult> SetUp(
        PasswordRequest request, HttpContext context, UserManager<User> users, Passwords passwords, TotpSecrets secrets,
        CancellationToken cancellationToken)
    {
        var (user, problem) = await ConfirmedAsync(request, context, users, passwords, cancellationToken);
        if (user is null)
        {
            return problem!;
        }

        var secret = TotpSecrets.New();
        await users.SetAuthenticationTokenAsync(user, PendingProvider, PendingName, secrets.Protect(secret));
        var text = Totp.ToBase32(secret);
        return TypedResults.Json(
            new TwoFactorSetupResponse(
                text, $"otpauth://totp/Trading:{Uri.EscapeDataString(user.Email!)}?secret={text}&issuer=Trading"),
            ApiJson.Default);
    }

    private static async Task<IResult> Confirm(
        TwoFactorRequest request, HttpContext context, UserManager<User> users, TotpSecrets secrets, AuditTrail audit,
        TimeProvider time, CancellationToken cancellationToken)
    {
        if (new Validation().Text("code", request.Code, 20).Problem is { } problem)
        {
            return problem;
        }

        var user = await users.FindByIdAsync(context.User.RequiredUserId().ToString());
        var pending = user is null ? null : await users.GetAuthenticationTokenAsync(user, PendingProvider, PendingName);
        if (user is null || pending is null
            || Totp.FindStep(secrets.Unprotect(pending), request.Code!.Trim(), time.GetUtcNow()) is not { } step)
        {
            return ApiProblem.BadRequest(
                ErrorCodes.InvalidCode, "The code does not belong to the newest secret; set up anew, or wait for the next code.");
        }

        user.TotpSecret = pending;
        user.TwoFactorEnabled = true;
        user.LastTotpStep = step;
        await users.RemoveAuthenticationTokenAsync(user, PendingProvider, PendingName);
        return await AnswerCodesAsync(user, "on", context, users, audit, cancellationToken);
    }

    private static async Task<IResult> Renew(
        PasswordRequest request, HttpContext context, UserManager<User> users, Passwords passwords, AuditTrail audit,
        CancellationToken cancellationToken)
    {
        var (user, problem) = await ConfirmedAsync(request, context, users, passwords, cancellationToken);
        return user is null ? problem!
            : user.TotpSecret is null
                ? ApiProblem.BadRequest(ErrorCodes.BadRequest, "There is no second factor; set one up first.")
                : await AnswerCodesAsync(user, "codes", context, users, audit, cancellationToken);
    }

    private static async Task<IResult> Disable(
        PasswordRequest request, HttpContext context, UserManager<User> users, Passwords passwords, AuditTrail audit,
        CancellationToken cancellationToken)
    {
        var (user, problem) = await ConfirmedAsync(request, context, users, passwords, cancellationToken);
        if (user is null)
        {
            return problem!;
        }

        user.TotpSecret = null;
        user.TwoFactorEnabled = false;
        user.RecoveryCodes = [];
        await SaveAsync(user, "off", context, users, audit, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> AnswerCodesAsync(
        User user, string change, HttpContext context, UserManager<User> users, AuditTrail audit, CancellationToken cancellationToken)
    {
        var codes = RecoveryCodes.New();
        user.RecoveryCodes = [.. codes.Select(RecoveryCodes.HashOf)];
        await SaveAsync(user, change, context, users, audit, cancellationToken);
        return TypedResults.Json(new RecoveryCodesResponse(codes), ApiJson.Default);
    }

    private static async Task SaveAsync(
        User user, string change, HttpContext context, UserManager<User> users, AuditTrail audit, CancellationToken cancellationToken)
    {
        var result = await users.UpdateAsync(user);
        if (!result.Succeeded)
        {
            throw new InvalidOperationException($"The second factor was not stored: {result}");
        }

        await audit.RecordAsync(
            context,
            new AuditEvent(AuditActions.TwoFactorChange, AuditOutcome.Success, user.Email, change),
            cancellationToken);
    }

    private static async Task<(User? User, ApiProblem? Problem)> ConfirmedAsync(
        PasswordRequest request, HttpContext context, UserManager<User> users, Passwords passwords,
        CancellationToken cancellationToken)
    {
        if (new Validation().Text("password", request.Password, 1000).Problem is { } problem)
        {
            return (null, problem);
        }

        var user = await users.FindByIdAsync(context.User.RequiredUserId().ToString());
        return await passwords.IsOfAsync(user, request.Password!, cancellationToken)
            ? (user, null)
            : (null, new Validation().Require(false, "password", "This is not the account's password.").Problem);
    }
}

using Microsoft.AspNetCore.Identity;
using Trading.ApiService.Audit;
using Trading.ApiService.Edge;
using Trading.Contracts;
using Trading.Data.Accounts;

namespace Trading.ApiService.Auth;

/// <summary>The second factor: an authenticator app, and recovery codes for when it is lost.</summary>
internal static class TwoFactorApi
{
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
        PasswordRequest request, HttpContext context, UserManager<User> users, PasswordCheck check, TotpSecrets secrets,
        SecondFactorStore factors, CancellationToken cancellationToken)
    {
        var (user, problem) = await ConfirmedAsync(request, context, users, check, cancellationToken);
        if (user is null)
        {
            return problem!;
        }

        var secret = TotpSecrets.New();
        await factors.SetPendingAsync(user.Id, secrets.Protect(secret), cancellationToken);
        var text = Totp.ToBase32(secret);
        return TypedResults.Json(
            new TwoFactorSetupResponse(
                text, $"otpauth://totp/Trading:{Uri.EscapeDataString(user.Email!)}?secret={text}&issuer=Trading"),
            ApiJson.Default);
    }

    private static async Task<IResult> Confirm(
        TwoFactorRequest request, HttpContext context, SecondFactorStore factors, TotpSecrets secrets, AuditTrail audit,
        TimeProvider time, CancellationToken cancellationToken)
    {
        if (new Validation().Text("code", request.Code, 20).Problem is { } problem)
        {
            return problem;
        }

        var id = context.User.RequiredUserId();
        var pending = await factors.FindPendingAsync(id, cancellationToken);
        var codes = RecoveryCodes.New();
        if (pending is null
            || Totp.FindStep(secrets.Unprotect(pending), request.Code!.Trim(), time.GetUtcNow()) is not { } step
            || !await factors.TryTurnOnAsync(id, pending, step, HashesOf(codes), cancellationToken))
        {
            return ApiProblem.BadRequest(
                ErrorCodes.InvalidCode, "The code does not belong to the newest secret; set up anew, or wait for the next code.");
        }

        await RecordAsync("on", context, audit, cancellationToken);
        return TypedResults.Json(new RecoveryCodesResponse(codes), ApiJson.Default);
    }

    private static async Task<IResult> Renew(
        PasswordRequest request, HttpContext context, UserManager<User> users, PasswordCheck check,
        SecondFactorStore factors, AuditTrail audit, CancellationToken cancellationToken)
    {
        var (user, problem) = await ConfirmedAsync(request, context, users, check, cancellationToken);
        if (user is null)
        {
            return problem!;
        }

        var codes = RecoveryCodes.New();
        if (!await factors.TrySetCodesAsync(user.Id, HashesOf(codes), cancellationToken))
        {
            return ApiProblem.BadRequest(ErrorCodes.BadRequest, "There is no second factor; set one up first.");
        }

        await RecordAsync("codes", context, audit, cancellationToken);
        return TypedResults.Json(new RecoveryCodesResponse(codes), ApiJson.Default);
    }

    private static async Task<IResult> Disable(
        PasswordRequest request, HttpContext context, UserManager<User> users, PasswordCheck check,
        SecondFactorStore factors, AuditTrail audit, CancellationToken cancellationToken)
    {
        var (user, problem) = await ConfirmedAsync(request, context, users, check, cancellationToken);
        if (user is null)
        {
            return problem!;
        }

        await factors.TurnOffAsync(user.Id, cancellationToken);
        await RecordAsync("off", context, audit, cancellationToken);
        return TypedResults.NoContent();
    }

    private static string[] HashesOf(string[] codes) => [.. codes.Select(RecoveryCodes.HashOf)];

    private static Task RecordAsync(
        string change, HttpContext context, AuditTrail audit, CancellationToken cancellationToken) =>
        audit.RecordAsync(
            context,
            new AuditEvent(AuditActions.TwoFactorChange, AuditOutcome.Success, Subject: change),
            cancellationToken);

    private static async Task<(User? User, ApiProblem? Problem)> ConfirmedAsync(
        PasswordRequest request, HttpContext context, UserManager<User> users, PasswordCheck check,
        CancellationToken cancellationToken)
    {
        if (new Validation().Text("password", request.Password, 1000).Problem is { } problem)
        {
            return (null, problem);
        }

        var user = await users.FindByIdAsync(context.User.RequiredUserId().ToString());
        var refusal = await check.RefuseAsync(
            context, user, "password", request.Password!, AuditActions.TwoFactorChange, cancellationToken);
        return refusal is null ? (user, null) : (null, refusal);
    }
}

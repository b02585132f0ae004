using Microsoft.AspNetCore.Identity;
using Trading.ApiService.Audit;
using Trading.ApiService.Auth.Mail;
using Trading.ApiService.Edge;
using Trading.Contracts;
using Trading.Data.Accounts;

namespace Trading.ApiService.Auth;

/// <summary>Changing a password, and setting a new one by mail.</summary>
internal static class PasswordApi
{
    private const string Current = "current_password";
    private const string ResetPurpose = UserManager<User>.ResetPasswordTokenPurpose;

    public static ApiProblem InvalidMailToken { get; } = new(
        StatusCodes.Status400BadRequest,
        ErrorCodes.InvalidToken,
        "The link is not valid, or not any more; ask for a new mail.");

    public static void MapPasswords(this IEndpointRouteBuilder auth)
    {
        auth.MapPost("/password/change", Change)
            .WithName("ChangePassword")
            .WithSummary("Changes the password; every other session ends")
            .RequireAuthorization(Policies.Viewer)
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblems(400, 401, 403, 413, 415, 429, 503);
        auth.MapPost("/password/forgot", Forgot)
            .WithName("ForgotPassword")
            .WithSummary("Mails a link that sets a new password")
            .AllowAnonymous()
            .Produces(StatusCodes.Status202Accepted)
            .ProducesProblems(400, 413, 415, 429, 503);
        auth.MapPost("/password/reset", Reset)
            .WithName("ResetPassword")
            .WithSummary("Sets a new password with the token that was mailed; every session ends")
            .AllowAnonymous()
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblems(400, 413, 415, 429, 503);
    }

    private static async Task<IResult> Change(
        ChangePasswordRequest request,
        HttpContext context,
        UserManager<User> users,
        PasswordCheck check,
        PasswordChange change,
        CancellationToken cancellationToken)
    {
        var user = await users.FindByIdAsync(context.User.RequiredUserId().ToString());
        if (user is null)
        {
            return AccessResults.Unauthorized;
        }

        var fields = new Validation().Text(Current, request.CurrentPassword, 1000);
        if (PasswordRules.Refuse(request.NewPassword, user.Email!) is { } rule)
        {
            fields.Require(false, "new_password", rule);
        }

        if (fields.Problem is { } problem)
        {
            return problem;
        }

        var refusal = await check.RefuseAsync(
            context, user, Current, request.CurrentPassword!, AuditActions.PasswordChange, cancellationToken);
        if (refusal is not null)
        {
            return refusal;
        }

        return await change.TrySetAsync(
            context, user, request.NewPassword!, AuditActions.PasswordChange, cancellationToken)
                ? TypedResults.NoContent()
                : PasswordCheck.NotThis(Current);
    }

    private static async Task<IResult> Forgot(EmailRequest request, UserManager<User> users, AccountLetters letters)
    {
        if (new Validation().Email("email", request.Email).Problem is { } problem)
        {
            return problem;
        }

        if (await users.FindByEmailAsync(request.Email!) is { DisabledAt: null } user)
        {
            letters.Reset(user.Email!, await users.GeneratePasswordResetTokenAsync(user));
        }

        return TypedResults.StatusCode(StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> Reset(
        ResetPasswordRequest request,
        HttpContext context,
        UserManager<User> users,
        PasswordChange change,
        CancellationToken cancellationToken)
    {
        var check = new Validation().Email("email", request.Email).Text("token", request.Token, 2000);
        if (PasswordRules.Refuse(request.Password, request.Email ?? "") is { } rule)
        {
            check.Require(false, "password", rule);
        }

        if (check.Problem is { } problem)
        {
            return problem;
        }

        var user = await users.FindByEmailAsync(request.Email!);
        if (user is not { DisabledAt: null }
            || !await users.VerifyUserTokenAsync(user, TokenOptions.DefaultProvider, ResetPurpose, request.Token!))
        {
            return InvalidMailToken;
        }

        return await change.TrySetAsync(
            context, user, request.Password!, AuditActions.PasswordReset, cancellationToken)
                ? TypedResults.NoContent()
                : InvalidMailToken;
    }
}

using Microsoft.AspNetCore.Identity;
using Trading.ApiService.Audit;
using Trading.ApiService.Auth.Mail;
using Trading.ApiService.Edge;
using Trading.ApiService.Settings;
using Trading.Contracts;
using Trading.Data.Accounts;

namespace Trading.ApiService.Auth;

/// <summary>New accounts. No answer tells whether an address has one.</summary>
internal static class RegistrationApi
{
    private const string ConfirmPurpose = UserManager<User>.ConfirmEmailTokenPurpose;

    public static void MapRegistration(this IEndpointRouteBuilder auth)
    {
        auth.MapPost("/register", Register)
            .WithName("Register")
            .WithSummary("A new account; a mail confirms its address")
            .AllowAnonymous()
            .WhenEnabled(Features.Registration)
            .Produces(StatusCodes.Status202Accepted)
            .ProducesProblems(400, 404, 413, 415, 429, 503);
        auth.MapPost("/confirm", Confirm)
            .WithName("ConfirmEmail")
            .WithSummary("Confirms an address with the token that was mailed")
            .AllowAnonymous()
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblems(400, 413, 415, 429, 503);
        auth.MapPost("/confirm/resend", Resend)
            .WithName("ResendConfirmation")
            .WithSummary("Sends the mail that confirms an address again")
            .AllowAnonymous()
            .Produces(StatusCodes.Status202Accepted)
            .ProducesProblems(400, 413, 415, 429, 503);
    }

    private static async Task<IResult> Register(
        RegisterRequest request,
        HttpContext context,
        UserManager<User> users,
        AccountStore accounts,
        Passwords passwords,
        AccountLetters letters,
        AuditTrail audit,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (Check(request) is { } problem)
        {
            return problem;
        }

        var user = new User
        {
            Id = Guid.CreateVersion7(),
            UserName = request.Email,
            NormalizedUserName = users.NormalizeName(request.Email),
            Email = request.Email,
            NormalizedEmail = users.NormalizeEmail(request.Email),
            SecurityStamp = SecretText.New(),
            CreatedAt = time.GetUtcNow().UtcDateTime,
            Tier = Tiers.Free,
            // Known or not, the work is the same.
            PasswordHash = await passwords.HashAsync(request.Password!, cancellationToken),
        };
        if (!await accounts.TryAddAsync(user, Roles.Viewer, cancellationToken))
        {
            letters.AlreadyRegistered(request.Email!);
            return TypedResults.StatusCode(StatusCodes.Status202Accepted);
        }

        await audit.RecordAsync(
            context, new AuditEvent(AuditActions.Register, AuditOutcome.Success, user.Email), cancellationToken);
        letters.Confirm(user.Email!, await users.GenerateEmailConfirmationTokenAsync(user));
        return TypedResults.StatusCode(StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> Confirm(
        ConfirmEmailRequest request, HttpContext context, UserManager<User> users, AccountChanges changes,
        AuditTrail audit, CancellationToken cancellationToken)
    {
        var check = new Validation().Email("email", request.Email).Text("token", request.Token, 2000);
        if (check.Problem is { } problem)
        {
            return problem;
        }

        var user = await users.FindByEmailAsync(request.Email!);
        if (user is null || !await users.VerifyUserTokenAsync(
            user, users.Options.Tokens.EmailConfirmationTokenProvider, ConfirmPurpose, request.Token!))
        {
            return PasswordApi.InvalidMailToken;
        }

        await changes.ConfirmEmailAsync(user.Id, cancellationToken);

        await audit.RecordAsync(
            context, new AuditEvent(AuditActions.EmailConfirm, AuditOutcome.Success, user.Email), cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> Resend(
        EmailRequest request, UserManager<User> users, AccountLetters letters)
    {
        if (new Validation().Email("email", request.Email).Problem is { } problem)
        {
            return problem;
        }

        if (await users.FindByEmailAsync(request.Email!) is { EmailConfirmed: false } user)
        {
            letters.Confirm(user.Email!, await users.GenerateEmailConfirmationTokenAsync(user));
        }

        return TypedResults.StatusCode(StatusCodes.Status202Accepted);
    }

    private static ApiProblem? Check(RegisterRequest request)
    {
        var check = new Validation().Email("email", request.Email);
        if (PasswordRules.Refuse(request.Password, request.Email ?? "") is { } rule)
        {
            check.Require(false, "password", rule);
        }

        return check.Problem;
    }
}

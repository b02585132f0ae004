using Microsoft.AspNetCore.Identity;
using Trading.ApiService.Audit;
using Trading.ApiService.Auth.Mail;
using Trading.Data.Accounts;

namespace Trading.ApiService.Auth;

/// <summary>Sets a password, and ends every session but the one that did it.</summary>
internal sealed class PasswordChange(
    UserManager<User> users,
    Passwords passwords,
    SessionEnd end,
    LoginThrottle throttle,
    AccountLetters letters,
    AuditTrail audit)
{
    public async Task SetAsync(
        HttpContext context, User user, string password, string action, CancellationToken cancellationToken)
    {
        user.PasswordHash = await passwords.HashAsync(password, cancellationToken);
        // Saves the user; links that were mailed before do not work any more.
        var result = await users.UpdateSecurityStampAsync(user);
        if (!result.Succeeded)
        {
            throw new InvalidOperationException($"The password was not stored: {result}");
        }

        await end.AllAsync(context, user.Id, context.User.SessionId(), AuditActions.SessionRevoke, cancellationToken);
        await throttle.ForgetAsync(LoginThrottle.AccountKey(user.Email!));
        await audit.RecordAsync(
            context, new AuditEvent(action, AuditOutcome.Success, user.Email, Account: user.Id), cancellationToken);
        letters.PasswordChanged(user.Email!);
    }
}

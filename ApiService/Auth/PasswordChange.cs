using Trading.ApiService.Audit;
using Trading.ApiService.Auth.Mail;
using Trading.Data.Accounts;

namespace Trading.ApiService.Auth;

/// <summary>Sets a password, and ends every session but the one that did it.</summary>
internal sealed class PasswordChange(
    AccountChanges changes,
    Passwords passwords,
    SessionEnd end,
    LoginThrottle throttle,
    AccountLetters letters,
    AuditTrail audit)
{
    /// <summary>False where the password was changed, or the account disabled, since the user was read.</summary>
    public async Task<bool> TrySetAsync(
        HttpContext context, User user, string password, string action, CancellationToken cancellationToken)
    {
        var hash = await passwords.HashAsync(password, cancellationToken);
        // Who reads the mail has shown that the address is theirs. Links that were mailed before do not work any more.
        var isConfirmed = user.EmailConfirmed || action == AuditActions.PasswordReset;
        if (!await changes.TrySetPasswordAsync(user, hash, SecretText.New(), isConfirmed, cancellationToken))
        {
            return false;
        }

        await end.AllAsync(context, user.Id, context.User.SessionId(), AuditActions.SessionRevoke, cancellationToken);
        await throttle.ForgetAsync(LoginThrottle.AccountKey(user.Email!));
        await audit.RecordAsync(
            context, new AuditEvent(action, AuditOutcome.Success, user.Email, Account: user.Id), cancellationToken);
        letters.PasswordChanged(user.Email!);
        return true;
    }
}

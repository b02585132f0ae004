using Trading.ApiService.Audit;
using Trading.ApiService.Edge;
using Trading.Data.Accounts;

namespace Trading.ApiService.Auth;

/// <summary>Asks a signed-in user for the password once more, who may be a thief of the session that guesses it.</summary>
internal sealed class PasswordCheck(Passwords passwords, LoginThrottle throttle, AuditTrail audit)
{
    /// <summary>What is wrong; null where the password is the user's.</summary>
    /// <param name="context">The request.</param>
    /// <param name="user">Who it has to be.</param>
    /// <param name="field">The request's field with the password.</param>
    /// <param name="password">What was sent.</param>
    /// <param name="action">What it was asked for, one of <see cref="AuditActions"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ApiProblem?> RefuseAsync(
        HttpContext context, User? user, string field, string password, string action, CancellationToken cancellationToken)
    {
        var guess = await throttle.TakeAsync(
            LoginThrottle.SessionKey(context.User.SessionId() ?? context.User.RequiredUserId()));
        if (guess.IsRefused)
        {
            return TooManyGuesses.Of(context, audit, guess.Wait, user?.Email, action);
        }

        if (await IsRightAsync(user, password, guess, cancellationToken))
        {
            await throttle.ForgetAsync(guess.Key);
            return null;
        }

        await audit.RecordAsync(
            context,
            new AuditEvent(
                action,
                AuditOutcome.Failure,
                user?.Email,
                Details: new Dictionary<string, string> { ["wrong"] = "password" },
                Account: user?.Id),
            cancellationToken);
        return NotThis(field);
    }

    public static ApiProblem NotThis(string field) =>
        new Validation().Require(false, field, "This is not the account's password.").Problem!;

    private async Task<bool> IsRightAsync(User? user, string password, Guess guess, CancellationToken cancellationToken)
    {
        try
        {
            return await passwords.IsOfAsync(user, password, cancellationToken);
        }
        catch (TooBusyException)
        {
            await throttle.GiveBackAsync(guess);
            throw;
        }
    }
}

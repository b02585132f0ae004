using Trading.ApiService.Audit;
using Trading.Data.Accounts;

namespace Trading.ApiService.Auth;

/// <summary>Ends sessions: in the database, at every replica, and in the trail.</summary>
internal sealed class SessionEnd(SessionStore sessions, SessionGuard guard, AuditTrail audit, TimeProvider time)
{
    /// <summary>Ends one session of a user; false where the user has none of that id.</summary>
    public async Task<bool> OneAsync(
        HttpContext context, Guid user, Guid session, string action, CancellationToken cancellationToken) =>
        await EndAsync(context, user, session, null, action, cancellationToken) > 0;

    public Task AllAsync(
        HttpContext context, Guid user, Guid? except, string action, CancellationToken cancellationToken) =>
        EndAsync(context, user, null, except, action, cancellationToken);

    private async Task<int> EndAsync(
        HttpContext context, Guid user, Guid? only, Guid? except, string action, CancellationToken cancellationToken)
    {
        var ended = await sessions.RevokeAsync(
            user, only, except, action, time.GetUtcNow().UtcDateTime, cancellationToken);
        await guard.EndAsync(ended);
        foreach (var session in ended)
        {
            await audit.RecordAsync(
                context,
                new AuditEvent(action, AuditOutcome.Success, Subject: session.ToString(), Account: user),
                cancellationToken);
        }

        return ended.Count;
    }
}

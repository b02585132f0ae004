namespace Trading.ApiService.Audit;

/// <summary>What happened, for the audit trail.</summary>
/// <param name="Action">What was done, such as <c>login</c>; one of <see cref="AuditActions"/>.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Actor">The user's name as far as it is known; what a stranger typed is shortened and never trusted.</param>
/// <param name="Subject">What it was done to: a user, a session, a key, a setting.</param>
/// <param name="Details">More, by name; never a secret.</param>
/// <param name="Account">Whose account it concerns, where that is not the signed-in user's; its webhooks are told.</param>
internal sealed record AuditEvent(
    string Action,
    AuditOutcome Outcome,
    string? Actor = null,
    string? Subject = null,
    IReadOnlyDictionary<string, string>? Details = null,
    Guid? Account = null);

internal enum AuditOutcome
{
    Success,
    Failure,
    Denied,
}

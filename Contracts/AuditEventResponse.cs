namespace Trading.Contracts;

/// <summary>One event of the audit trail.</summary>
/// <param name="Id">1, 2, 3 and on, without a gap.</param>
/// <param name="Time">When, UTC.</param>
/// <param name="ActorId">The signed-in user; null for a stranger.</param>
/// <param name="Actor">The user's name; of a stranger what was typed, shortened.</param>
/// <param name="Action">What was done, such as <c>login</c>.</param>
/// <param name="Outcome"><c>success</c>, <c>failure</c> or <c>denied</c>.</param>
/// <param name="Subject">What it was done to.</param>
/// <param name="Address">The client's IP address.</param>
/// <param name="UserAgent">What the client says it is.</param>
/// <param name="RequestId">The request's <c>X-Request-ID</c>.</param>
/// <param name="TraceId">The request's trace.</param>
/// <param name="Details">More, by name.</param>
/// <param name="Hash">SHA-256 over the row and the hash before it, in hex.</param>
public sealed record AuditEventResponse(
    long Id,
    DateTime Time,
    Guid? ActorId,
    string? Actor,
    string Action,
    string Outcome,
    string? Subject,
    string? Address,
    string? UserAgent,
    string? RequestId,
    string? TraceId,
    IReadOnlyDictionary<string, string>? Details,
    string Hash);

namespace Trading.Data.Audit;

/// <summary>Which events of the audit trail; null is any. Newest first.</summary>
public sealed record AuditQuery(
    string? Action,
    string? Outcome,
    string? Actor,
    string? Address,
    string? TraceId,
    DateTime? From,
    DateTime? To,
    long? Before,
    int Limit);

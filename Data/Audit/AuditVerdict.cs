namespace Trading.Data.Audit;

/// <summary>Whether the audit trail is what was written.</summary>
/// <param name="Count">Rows read.</param>
/// <param name="Head">The last row's hash: kept elsewhere, it shows later that the end was not cut off.</param>
/// <param name="BrokenAt">The first row that does not follow from those before; null where all do.</param>
public sealed record AuditVerdict(long Count, byte[] Head, long? BrokenAt);

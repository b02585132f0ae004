namespace Trading.Contracts;

/// <summary>Whether the audit trail is what was written.</summary>
/// <param name="Intact">True where every row follows from the one before.</param>
/// <param name="Count">The rows read.</param>
/// <param name="Head">The last row's hash, in hex: noted elsewhere, it shows later that the end was not cut off.</param>
/// <param name="BrokenAt">The first row that does not follow; null where all do.</param>
public sealed record AuditVerdictResponse(bool Intact, long Count, string Head, long? BrokenAt);

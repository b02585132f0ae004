namespace Trading.Data.Diagnostics;

/// <summary>A statement that took long.</summary>
/// <param name="Sql">The statement with its parameters' places; their values are nowhere.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Time">When it ended, UTC.</param>
/// <param name="TraceId">The trace that it was part of.</param>
/// <param name="Plan">How PostgreSQL runs it for any values; null where it cannot be explained.</param>
public sealed record SlowQuery(string Sql, double Milliseconds, DateTime Time, string? TraceId, string? Plan);

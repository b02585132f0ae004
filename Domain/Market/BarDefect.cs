namespace Trading.Domain.Market;

/// <summary>Why a row of prices is not taken.</summary>
/// <param name="Code">Stable, such as <c>missing_field</c>.</param>
/// <param name="Reason">One sentence with the values that are wrong.</param>
/// <param name="Quarantined">True where the row may be right after all, and someone should look at it.</param>
public sealed record BarDefect(string Code, string Reason, bool Quarantined = false);

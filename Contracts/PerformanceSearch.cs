namespace Trading.Contracts;

/// <summary>Whose performance is shown, and in what order.</summary>
public sealed record PerformanceSearch
{
    /// <summary>ISO 3166-1 alpha-2 code; null for all.</summary>
    public string? Country { get; init; }

    /// <summary>GICS sector; null for all.</summary>
    public string? Sector { get; init; }

    /// <summary><c>ticker</c>, <c>gainers</c> or <c>losers</c>; null for <c>ticker</c>.</summary>
    public string? Order { get; init; }

    /// <summary>The cursor of the page before; null for the first. By ticker only.</summary>
    public string? Cursor { get; init; }

    /// <summary>Items on a page, 1 to 500; null for 100.</summary>
    public int? Limit { get; init; }
}

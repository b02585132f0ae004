namespace Trading.Contracts;

/// <summary>What to list of the instruments. What is null does not filter.</summary>
public sealed record InstrumentQuery
{
    /// <summary>Part of a ticker or of a name, in any case.</summary>
    public string? Search { get; init; }

    /// <summary>ISO 3166-1 alpha-2 code, such as <c>US</c>.</summary>
    public string? Country { get; init; }

    /// <summary>GICS sector, such as <c>Energy</c>.</summary>
    public string? Sector { get; init; }

    /// <summary>The <see cref="Page{T}.NextCursor"/> of the page before; null for the first page.</summary>
    public string? Cursor { get; init; }

    /// <summary>The most items of one page; null leaves it to the API.</summary>
    public int? Limit { get; init; }
}

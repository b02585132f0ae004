namespace Trading.Contracts;

/// <summary>Which events of the audit trail to list, newest first. What is null does not filter.</summary>
public sealed record AuditSearch
{
    /// <summary>What was done, such as <c>login</c>.</summary>
    public string? Action { get; init; }

    /// <summary><c>success</c>, <c>failure</c> or <c>denied</c>.</summary>
    public string? Outcome { get; init; }

    /// <summary>The name of who did it, whole.</summary>
    public string? Actor { get; init; }

    /// <summary>The client's IP address, whole.</summary>
    public string? Address { get; init; }

    /// <summary>The request's trace.</summary>
    public string? TraceId { get; init; }

    /// <summary>Nothing before it: an instant in ISO 8601.</summary>
    public string? From { get; init; }

    /// <summary>Only what is before it: an instant in ISO 8601.</summary>
    public string? To { get; init; }

    /// <summary>The <see cref="Page{T}.NextCursor"/> of the page before; null for the first page.</summary>
    public string? Cursor { get; init; }

    /// <summary>The most events of one page; null leaves it to the API.</summary>
    public int? Limit { get; init; }
}

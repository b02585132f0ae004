namespace Trading.Contracts;

/// <summary>Which signals to list, newest first. What is null does not filter.</summary>
public sealed record SignalSearch
{
    /// <summary>The instrument's symbol.</summary>
    public string? Ticker { get; init; }

    /// <summary>Such as <c>1d</c>.</summary>
    public string? Interval { get; init; }

    /// <summary><c>long</c> or <c>short</c>.</summary>
    public string? Direction { get; init; }

    /// <summary>Such as <c>active</c>.</summary>
    public string? State { get; init; }

    /// <summary>Such as <c>ranging</c>.</summary>
    public string? Regime { get; init; }

    /// <summary>At least this confidence, 0 to 1.</summary>
    public double? MinConfidence { get; init; }

    /// <summary>Nothing before it: a date or an instant in ISO 8601.</summary>
    public string? From { get; init; }

    /// <summary>Only what is before it: a date or an instant in ISO 8601.</summary>
    public string? To { get; init; }

    /// <summary>The <see cref="Page{T}.NextCursor"/> of the page before; null for the first page.</summary>
    public string? Cursor { get; init; }

    /// <summary>The most signals of one page; null leaves it to the API.</summary>
    public int? Limit { get; init; }
}

/// <summary>Which anomalies to list, newest first. What is null does not filter.</summary>
public sealed record AnomalySearch
{
    /// <summary>The instrument's symbol.</summary>
    public string? Ticker { get; init; }

    /// <summary>Such as <c>1d</c>.</summary>
    public string? Interval { get; init; }

    /// <summary><c>price_return</c> or <c>volume</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>Nothing before it: a date or an instant in ISO 8601.</summary>
    public string? From { get; init; }

    /// <summary>Only what is before it: a date or an instant in ISO 8601.</summary>
    public string? To { get; init; }

    /// <summary>The <see cref="Page{T}.NextCursor"/> of the page before; null for the first page.</summary>
    public string? Cursor { get; init; }

    /// <summary>The most anomalies of one page; null leaves it to the API.</summary>
    public int? Limit { get; init; }
}

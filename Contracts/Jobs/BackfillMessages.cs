namespace Trading.Contracts;

/// <summary>Sessions to fetch from the providers anew.</summary>
public sealed record BackfillRequest
{
    /// <summary>The most instruments of one backfill.</summary>
    public const int MaxTickers = 20_000;

    /// <summary>The instruments; null for all of <see cref="Exchange"/> that are listed.</summary>
    public IReadOnlyList<string>? Tickers { get; init; }

    /// <summary>An exchange such as <c>XNYS</c>. With tickers: where those are listed that are not known yet.</summary>
    public string? Exchange { get; init; }

    /// <summary>The first session.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last session; null for the newest.</summary>
    public DateOnly? To { get; init; }

    /// <summary>The length of the bars; <c>1d</c>, which is what providers give, if null.</summary>
    public string? Interval { get; init; }
}

/// <summary>A backfill, and how far it is.</summary>
/// <param name="Id">Its id, which is its job's.</param>
/// <param name="State"><c>queued</c>, <c>running</c>, <c>succeeded</c>, <c>failed</c> or <c>cancelled</c>.</param>
/// <param name="Exchange">The exchange that was asked for.</param>
/// <param name="TickerCount">How many instruments it is of.</param>
/// <param name="Tickers">The first 20 of them.</param>
/// <param name="From">The first session.</param>
/// <param name="To">The last session.</param>
/// <param name="Interval">The length of the bars.</param>
/// <param name="Progress">Instruments done, of all, a second, and the seconds that are left.</param>
/// <param name="BarsStored">Bars new or changed so far.</param>
/// <param name="FailedCount">Instruments that no provider gave.</param>
/// <param name="Failures">The first 100 of them.</param>
/// <param name="Attempts">Tries since it last came further.</param>
/// <param name="Error">What went wrong last.</param>
/// <param name="RequestedBy">Who asked for it.</param>
/// <param name="CreatedAt">When it was asked for, UTC.</param>
/// <param name="StartedAt">When it began, UTC.</param>
/// <param name="FinishedAt">When it was over, UTC.</param>
public sealed record BackfillResponse(
    Guid Id,
    string State,
    string? Exchange,
    int TickerCount,
    IReadOnlyList<string> Tickers,
    DateOnly From,
    DateOnly To,
    string Interval,
    JobProgressResponse Progress,
    long BarsStored,
    int FailedCount,
    IReadOnlyList<BackfillFailureResponse> Failures,
    int Attempts,
    string? Error,
    Guid? RequestedBy,
    DateTime CreatedAt,
    DateTime? StartedAt,
    DateTime? FinishedAt);

/// <summary>An instrument that no provider gave.</summary>
/// <param name="Ticker">Its ticker.</param>
/// <param name="Reason">Why the last that was asked did not.</param>
public sealed record BackfillFailureResponse(string Ticker, string Reason);

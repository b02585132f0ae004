namespace Trading.Contracts;

/// <summary>The splits and dividends of an instrument.</summary>
/// <param name="Ticker">The instrument.</param>
/// <param name="Currency">What dividends are paid in.</param>
/// <param name="Actions">Newest first; withdrawn ones too, which have no effect.</param>
/// <param name="Prices">What is known of the stored daily prices; where nothing is, the prices around a split say it.</param>
public sealed record CorporateActionsResponse(
    string Ticker,
    string Currency,
    IReadOnlyList<CorporateActionResponse> Actions,
    IReadOnlyList<PriceBasisResponse> Prices);

/// <summary>A split or a dividend.</summary>
/// <param name="Kind"><c>split</c> or <c>dividend</c>.</param>
/// <param name="ExDate">The first session that trades without the old right.</param>
/// <param name="Value">Split: new shares for one old share. Dividend: cash for a share of that day.</param>
/// <param name="Ratio">Of a split, new for old: <c>4:1</c>, <c>1:8</c>; null for a dividend.</param>
/// <param name="Source">The file or provider that told it; <c>manual</c> where an administrator did.</param>
/// <param name="Corrected">An administrator set it: no source changes it any more.</param>
/// <param name="Withdrawn">An administrator said that it never happened; it has no effect.</param>
/// <param name="UpdatedAt">When it last changed, UTC.</param>
public sealed record CorporateActionResponse(
    string Kind,
    DateOnly ExDate,
    double Value,
    string? Ratio,
    string Source,
    bool Corrected,
    bool Withdrawn,
    DateTime UpdatedAt);

/// <summary>What stored daily prices of a range were adjusted for before they came.</summary>
/// <param name="First">The first session.</param>
/// <param name="Last">The last session, itself included.</param>
/// <param name="Holds"><c>none</c> (as traded), <c>split</c>, or <c>total</c> (splits and dividends).</param>
/// <param name="AdjustedTo">Actions up to this date are in them; null for prices as traded.</param>
public sealed record PriceBasisResponse(DateOnly First, DateOnly Last, string Holds, DateOnly? AdjustedTo);

/// <summary>A change of a split or dividend.</summary>
/// <param name="Kind"><c>split</c> or <c>dividend</c>.</param>
/// <param name="ExDate">Its ex-date.</param>
/// <param name="OldValue">Before; null where it was not there.</param>
/// <param name="NewValue">After; null where it was withdrawn.</param>
/// <param name="Source">The file or provider that told it, or the administrator.</param>
/// <param name="ChangedAt">When, UTC.</param>
public sealed record CorporateActionChangeResponse(
    string Kind, DateOnly ExDate, double? OldValue, double? NewValue, string Source, DateTime ChangedAt);

/// <summary>What a split or dividend really was.</summary>
/// <param name="Value">Split: new shares for one old share. Dividend: cash for a share of that day. Positive.</param>
public sealed record CorporateActionRequest(double Value);

/// <summary>Which instruments to ask the providers about.</summary>
/// <param name="Tickers">At most 500; null for all that have a provider.</param>
public sealed record ActionSyncRequest(IReadOnlyList<string>? Tickers = null);

/// <summary>A synchronisation that was started.</summary>
/// <param name="JobId">The job that does it.</param>
public sealed record ActionSyncResponse(Guid JobId);

namespace Trading.Contracts;

/// <summary>Which of the listed instruments have fresh data.</summary>
/// <param name="Country">ISO 3166-1 alpha-2 code that was asked for; null for all.</param>
/// <param name="CheckedAt">When, UTC.</param>
/// <param name="Checked">Instruments that were looked at.</param>
/// <param name="Fresh">Those whose data is fresh.</param>
/// <param name="Late">Those that lack the newest sessions, or whose quote is stale while the exchange is open.</param>
/// <param name="Missing">Those without any daily bar.</param>
/// <param name="Instruments">Each instrument, by ticker.</param>
public sealed record ValidationResponse(
    string? Country,
    DateTime CheckedAt,
    int Checked,
    int Fresh,
    int Late,
    int Missing,
    IReadOnlyList<InstrumentValidationResponse> Instruments);

/// <summary>How fresh the data of one instrument is.</summary>
/// <param name="Ticker">Its ticker.</param>
/// <param name="Exchange">ISO 10383 market identifier.</param>
/// <param name="Status"><c>fresh</c>, <c>late</c> or <c>missing</c>.</param>
/// <param name="LastSession">The session of its newest daily bar; null without bars.</param>
/// <param name="ExpectedSession">The newest session whose bar should be there.</param>
/// <param name="SessionsBehind">Sessions from the newest bar to the expected one; null without bars.</param>
/// <param name="Quote"><c>live</c>, <c>stale</c> or <c>none</c>.</param>
public sealed record InstrumentValidationResponse(
    string Ticker,
    string Exchange,
    string Status,
    DateOnly? LastSession,
    DateOnly ExpectedSession,
    int? SessionsBehind,
    string Quote);

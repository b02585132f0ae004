namespace Trading.Contracts;

/// <summary>What an instrument's daily bars are worth.</summary>
/// <param name="Ticker">Its ticker.</param>
/// <param name="Exchange">ISO 10383 market identifier, whose sessions the bars are held against.</param>
/// <param name="FirstSession">The session of the first bar looked at; null without bars.</param>
/// <param name="LastSession">The session of the last bar looked at; null without bars.</param>
/// <param name="ExpectedSession">The newest session whose bar should be there.</param>
/// <param name="SessionsBehind">Sessions from the last bar to the expected one; null without bars.</param>
/// <param name="Sessions">Sessions that the exchange held from the first bar to the last.</param>
/// <param name="Bars">Bars there are.</param>
/// <param name="Completeness">Sessions with a bar over all sessions, 0 to 1; null without sessions.</param>
/// <param name="Sources">Bars by where they came from: <c>imported</c>, <c>live</c>, <c>simulated</c>,
/// <c>replay</c>.</param>
/// <param name="Quarantined">Rows of imports that were set aside as hard to believe, and are not among the bars.</param>
/// <param name="Rejected">Rows of imports that made no sense, and are not among the bars.</param>
/// <param name="Findings">What somebody should look at, newest first; at most 500.</param>
/// <param name="FindingCount">How many findings there are.</param>
public sealed record QualityResponse(
    string Ticker,
    string Exchange,
    DateOnly? FirstSession,
    DateOnly? LastSession,
    DateOnly ExpectedSession,
    int? SessionsBehind,
    int Sessions,
    int Bars,
    double? Completeness,
    IReadOnlyDictionary<string, int> Sources,
    int Quarantined,
    int Rejected,
    IReadOnlyList<FindingResponse> Findings,
    int FindingCount);

/// <summary>Something that somebody should look at.</summary>
/// <param name="Kind">
/// <c>missing_sessions</c>, <c>off_calendar</c>, <c>unit_error</c>, <c>split_misdated</c>, <c>split_suspected</c>,
/// <c>spike</c>, <c>outlier</c> or <c>flat</c>.
/// </param>
/// <param name="First">The first session concerned.</param>
/// <param name="Last">The last session concerned.</param>
/// <param name="Sessions">How many sessions.</param>
/// <param name="Ratio">The close over the close before, known splits undone; null where no price changed.</param>
/// <param name="Text">What it means, in a sentence.</param>
public sealed record FindingResponse(
    string Kind, DateOnly First, DateOnly Last, int Sessions, double? Ratio, string Text);

namespace Trading.Contracts;

/// <summary>A signal and the states that it came to.</summary>
/// <param name="Signal">The signal.</param>
/// <param name="History">Its states, oldest first; never more than two.</param>
public sealed record SignalDetailResponse(SignalResponse Signal, IReadOnlyList<SignalEventResponse> History);

/// <summary>A state that a signal came to.</summary>
/// <param name="State">The state.</param>
/// <param name="Time">The close of the bar that brought it there, UTC.</param>
/// <param name="Price">The price there; null where prices were corrected.</param>
/// <param name="Reason">Why.</param>
/// <param name="RecordedAt">When it was stored, UTC.</param>
public sealed record SignalEventResponse(
    string State, DateTime Time, double? Price, string Reason, DateTime RecordedAt);

/// <summary>What to compute anew.</summary>
/// <param name="Tickers">At most 500; null for all.</param>
/// <param name="Interval">Such as <c>1d</c>, which it is if not given.</param>
public sealed record SignalRefreshRequest(IReadOnlyList<string>? Tickers = null, string? Interval = null);

/// <summary>What a refresh found: nothing where every closed bar was followed already.</summary>
/// <param name="Instruments">Instruments with new bars.</param>
/// <param name="Generated">Signals made of the newest bars.</param>
/// <param name="Backfilled">Signals made of bars that were past already.</param>
/// <param name="Resolved">Signals that ended.</param>
/// <param name="Anomalies">Anomalies found.</param>
/// <param name="ElapsedMs">How long it took.</param>
public sealed record SignalRefreshResponse(
    int Instruments, int Generated, int Backfilled, int Resolved, int Anomalies, double ElapsedMs);

/// <summary>What became of all signals that have ended; none is left out but those whose prices were corrected.</summary>
/// <param name="Interval">Of these bars.</param>
/// <param name="Groups">All, and then by origin, direction and regime.</param>
/// <param name="Best">The ten best results.</param>
/// <param name="Worst">The ten worst.</param>
public sealed record SignalShowcaseResponse(
    string Interval,
    IReadOnlyList<SignalPerformanceResponse> Groups,
    IReadOnlyList<SignalResponse> Best,
    IReadOnlyList<SignalResponse> Worst);

/// <summary>What became of a group of signals.</summary>
/// <param name="Group">Such as <c>all</c>, <c>live</c>, <c>backfilled</c> or <c>regime:ranging</c>.</param>
/// <param name="Resolved">How many have ended.</param>
/// <param name="TargetHit">How many of them at the target.</param>
/// <param name="Stopped">At the stop.</param>
/// <param name="Expired">By time.</param>
/// <param name="Invalidated">By a signal of the other direction.</param>
/// <param name="HitRate">The share that hit the target.</param>
/// <param name="WinRate">The share with a profit after costs.</param>
/// <param name="AverageR">Mean result after costs, in R; null of none.</param>
/// <param name="MedianR">Middle result; null of none.</param>
/// <param name="ProfitFactor">Gains over losses, in R; null without losses.</param>
public sealed record SignalPerformanceResponse(
    string Group,
    int Resolved,
    int TargetHit,
    int Stopped,
    int Expired,
    int Invalidated,
    ShareResponse HitRate,
    ShareResponse WinRate,
    double? AverageR,
    double? MedianR,
    double? ProfitFactor);

/// <summary>A share that was counted, with Wilson's interval of 95 %.</summary>
/// <param name="Count">Of how many.</param>
/// <param name="Share">0 to 1; null of none.</param>
/// <param name="Low">The interval's lower end.</param>
/// <param name="High">The interval's upper end.</param>
public sealed record ShareResponse(int Count, double? Share, double? Low, double? High);

/// <summary>How confidences come about, and how right they were.</summary>
/// <param name="Interval">Of these bars.</param>
/// <param name="Status"><c>calibrated</c>, or <c>uncalibrated</c> while fewer than <paramref name="Required"/> have
/// resolved.</param>
/// <param name="Resolved">Signals that have ended.</param>
/// <param name="Required">How many are needed.</param>
/// <param name="FittedAt">When the curve in use was fitted, UTC.</param>
/// <param name="FittedOn">On how many resolved signals.</param>
/// <param name="Curve">From raw score to confidence.</param>
/// <param name="Reliability">What was published before it was known, and what came; null of none.</param>
public sealed record SignalCalibrationResponse(
    string Interval,
    string Status,
    int Resolved,
    int Required,
    DateTime? FittedAt,
    int? FittedOn,
    IReadOnlyList<CalibrationKnotResponse> Curve,
    SignalReliabilityResponse? Reliability);

/// <summary>A point of the curve.</summary>
/// <param name="RawScore">The score.</param>
/// <param name="Confidence">The confidence there; straight lines between points.</param>
public sealed record CalibrationKnotResponse(double RawScore, double Confidence);

/// <summary>Published confidences against outcomes, all out of time.</summary>
/// <param name="Count">Resolved signals that had a calibrated confidence.</param>
/// <param name="HitShare">The share of them that hit the target.</param>
/// <param name="Brier">Mean squared error of the confidences.</param>
/// <param name="BrierOfShare">The same of one confidence for all, the share itself; no skill where it is less.</param>
/// <param name="Bins">By confidence.</param>
public sealed record SignalReliabilityResponse(
    int Count, double HitShare, double Brier, double BrierOfShare, IReadOnlyList<ReliabilityBinResponse> Bins);

/// <summary>Signals of about the same confidence.</summary>
/// <param name="Confidence">Their mean confidence.</param>
/// <param name="Observed">The share that hit the target.</param>
public sealed record ReliabilityBinResponse(double Confidence, ShareResponse Observed);

/// <summary>A bar beyond 4 robust deviations from the 60 before it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Ticker">The instrument's symbol.</param>
/// <param name="Interval">The interval of the bar.</param>
/// <param name="Time">The close of the bar, UTC.</param>
/// <param name="Kind"><c>price_return</c> or <c>volume</c>.</param>
/// <param name="Value">The return, a fraction; or the volume.</param>
/// <param name="Median">The median of the bars before.</param>
/// <param name="Deviations">Robust deviations from it, of the logarithms.</param>
public sealed record AnomalyResponse(
    Guid Id,
    string Ticker,
    string Interval,
    DateTime Time,
    string Kind,
    double Value,
    double Median,
    double Deviations);

namespace Trading.Contracts;

/// <summary>Where prices come from, and how those who give them are, as one worker sees it.</summary>
/// <param name="Active">Whether the worker that answered quotes any instruments.</param>
/// <param name="Workers">
/// How many workers share the instruments; where there are several, one of them answered, for its own part.
/// </param>
/// <param name="AssetClasses">Who is asked for what.</param>
/// <param name="Providers">Each provider that the configuration names.</param>
public sealed record ProvidersResponse(
    bool Active,
    int Workers,
    IReadOnlyList<AssetClassResponse> AssetClasses,
    IReadOnlyList<ProviderResponse> Providers);

/// <summary>The providers of one class of instruments.</summary>
/// <param name="AssetClass"><c>equity</c>, <c>currency</c> or <c>crypto</c>.</param>
/// <param name="Order">Names of providers: who is asked first, and who next.</param>
/// <param name="Quoted">Instruments that the worker quotes, by real prices or by made-up ones.</param>
/// <param name="Stale">Those of them whose quote is stale.</param>
public sealed record AssetClassResponse(string AssetClass, IReadOnlyList<string> Order, int Quoted, int Stale);

/// <summary>How one provider is, since the worker began.</summary>
/// <param name="Name">Such as <c>yahoo</c>.</param>
/// <param name="Gives">Of <c>daily_bars</c>, <c>quotes</c>, <c>stream</c>, <c>ticks</c> and <c>actions</c>.</param>
/// <param name="Breaker">
/// <c>closed</c>, <c>half_open</c>, or <c>open</c> while it is left alone as it failed; null where nobody outside is
/// asked.
/// </param>
/// <param name="Successes">Answers that made sense.</param>
/// <param name="LastSuccess">When the last of them came, UTC; null before the first.</param>
/// <param name="Failures">
/// Tries that failed, and single quotes that were left out: <c>transient</c>, <c>rate_limited</c>, <c>not_found</c>, <c>invalid_data</c>, <c>fatal</c>.
/// </param>
/// <param name="LastFailure">The last of them; null where there was none.</param>
public sealed record ProviderResponse(
    string Name,
    IReadOnlyList<string> Gives,
    string? Breaker,
    long Successes,
    DateTime? LastSuccess,
    IReadOnlyDictionary<string, long> Failures,
    ProviderFailureResponse? LastFailure);

/// <summary>A try that failed.</summary>
/// <param name="Kind">As in <see cref="ProviderResponse.Failures"/>.</param>
/// <param name="Message">What went wrong.</param>
/// <param name="Time">When, UTC.</param>
public sealed record ProviderFailureResponse(string Kind, string Message, DateTime Time);

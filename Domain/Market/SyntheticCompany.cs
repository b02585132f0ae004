namespace Trading.Domain.Market;

/// <summary>An invented company of the market that a fresh install starts with.</summary>
/// <param name="Ticker">Ends in <c>.SY</c>, so that no one takes it for a real one.</param>
/// <param name="Name">The invented name.</param>
/// <param name="Sector">A GICS sector.</param>
/// <param name="Exchange">Where it is listed; gives country, currency and the sessions.</param>
public sealed record SyntheticCompany(string Ticker, string Name, string Sector, Exchange Exchange);

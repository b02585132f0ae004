namespace Trading.Domain.Strategies;

/// <summary>A decision that changes with bars that come after it.</summary>
/// <param name="Bar">The index of the bar that it was decided at.</param>
/// <param name="KnownBars">How many bars were known when it was decided otherwise.</param>
/// <param name="What">What differs, such as <c>action</c>.</param>
public sealed record LookAheadFinding(int Bar, int KnownBars, string What);
